# SPDX-License-Identifier: MIT
"""Named choices, and setups put together of several of them."""

import random

# {axis: {name: change}}, in the order in which changes are made.
AXES = {}


def axis(name):
    """A decorator that makes a function a choice of that axis."""
    def register(change):
        AXES.setdefault(name, {})[change.__name__.strip("_")] = change
        return change
    return register


def alone():
    """Every choice of every axis with the defaults elsewhere."""
    for axis_name, choices in AXES.items():
        for name, change in choices.items():
            yield f"{axis_name}: {name}", [change]


def combined(count, seed, without, width=(2, 4)):
    """`count` different combinations of choices of several axes, but for
    those called as in `without`; the same ones for the same seed."""
    source, made = random.Random(seed), set()
    axes = {axis_name: [name for name in choices
                        if f"{axis_name}: {name}" not in without]
            for axis_name, choices in AXES.items()}
    while len(made) < count:
        several = sorted(source.sample(sorted(axes), source.randint(*width)),
                         key=list(axes).index)
        picked = tuple((axis_name, source.choice(axes[axis_name]))
                       for axis_name in several)
        if picked not in made:
            made.add(picked)
            yield (", ".join(f"{axis_name}: {name}"
                             for axis_name, name in picked),
                   [AXES[axis_name][name] for axis_name, name in picked])
