"""What is to be rewritten when a key is replaced, besides the sealed columns and files that anybody can find.

Apps register their own steps in `ready()`; `rtportal/privacy/use_cases/rotate_keys.py` runs them.
"""

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[int], None]


@dataclass(frozen=True)
class RotationStep:
    """`title` in words; `run(progress)` rewrites what does not lie under the first key and returns how many, in short
    transactions, so that it can be stopped at any instant and begun again. It raises what it cannot open.
    """

    title: str
    run: Callable[[Progress], int]


_steps: list[RotationStep] = []


def register_rotation(step: RotationStep) -> None:
    if step not in _steps:
        _steps.append(step)


def rotation_steps() -> list[RotationStep]:
    return list(_steps)
