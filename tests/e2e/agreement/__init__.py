# SPDX-License-Identifier: MIT
"""Comparisons of what we print with what `go tool pprof` prints."""
