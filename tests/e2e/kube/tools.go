// SPDX-License-Identifier: MIT
//go:build tools

// Package kube pins the Kubernetes release whose programs the end-to-end tests
// build: k8s.io/kubernetes replaces its staging modules by folders of its own
// tree, so go.mod names the published version of each.
package kube

import (
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
	_ "k8s.io/kubernetes/cmd/kube-controller-manager"
	_ "k8s.io/kubernetes/cmd/kube-proxy"
	_ "k8s.io/kubernetes/cmd/kube-scheduler"
	_ "k8s.io/kubernetes/cmd/kubectl"
	_ "k8s.io/kubernetes/cmd/kubelet"
)
