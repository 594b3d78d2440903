# SPDX-License-Identifier: MIT
"""What kubectl and the tool make of one and the same configuration."""
