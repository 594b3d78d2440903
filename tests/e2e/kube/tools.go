// SPDX-License-Identifier: MIT
//go:build tools

// Package kube pins the Kubernetes release whose API server and kubectl the
// end-to-end tests build: k8s.io/kubernetes replaces its staging modules by
// folders of its own tree, so go.mod names the published version of each.
package kube

import (
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
	_ "k8s.io/kubernetes/cmd/kubectl"
)
