module kubectl-profefe/tests

go 1.22
