"""So many generated requests, all from one seed."""

from collections.abc import Callable
from typing import Self

from tests.fuzz.inputs import pool
from tests.fuzz.others import Others
from tests.fuzz.shooting import Finding, Range
from tests.fuzz.shots import Shooter
from tests.fuzz.targets import Target, all_targets
from tests.rtportal.everything import everything

# Odd values of each seed.
VALUES = 500


class Round:
    """A world with one of everything and all that can be asked of it."""

    def __init__(self, range_: Range, targets: list[Target]) -> None:
        self.range = range_
        self.targets = targets

    @classmethod
    def here(cls) -> Self:
        """In the database of this process, which must be empty."""
        people, things = everything()
        others = Others()
        targets = all_targets(people, things)
        return cls(Range(people, others), targets)

    def play(self, *, seed: int, inputs: int, is_over: Callable[[], bool] = lambda: False) -> tuple[int, list[Finding]]:
        """Send so many requests; the same seed gives the same ones. Returns how many were sent, and each fault once."""
        shooter = Shooter(self.targets, self.range.actors, pool(seed, VALUES), seed)
        found: dict[str, Finding] = {}
        for sent in range(inputs):
            if is_over():
                return sent, list(found.values())
            if finding := self.range.fire(shooter.next()):
                found.setdefault(finding.key, finding)
        return inputs, list(found.values())
