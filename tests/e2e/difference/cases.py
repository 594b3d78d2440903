# SPDX-License-Identifier: MIT
"""All cases: every choice alone, odd texts, and combinations of choices."""

# Importing them fills the axes.
from . import (choices_of_user, choices_of_server,  # noqa: F401
               choices_of_files, choices_of_proxy, choices_of_flags, plugins)
from .axes import alone, combined
from .known import ALONE, KNOWN
from .odd_texts import odd_texts

SEED = 20240917
COMBINATIONS = 120


def all_cases():
    """Pairs of a name and the changes that make the setup."""
    yield "everything as usual", []
    yield from alone()
    yield from odd_texts()
    yield from combined(COMBINATIONS, SEED, without={**KNOWN, **ALONE})
