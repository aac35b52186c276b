"""What the wave planner answers: a plan with its proof, or the limits that clash and what would mend them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PlannedWave:
    """One wave: where and when (`slot_key`), its areas' codes in the problem's order, and their seats."""

    slot_key: str
    areas: tuple[str, ...]
    seats: int


@dataclass(frozen=True)
class Plan:
    """A division into waves, by day. Spread and bound in seats.

    `lower_bound`: no division into this many waves has a smaller spread. `is_optimal`: feasible, with the fewest waves
    (or the number asked for) and the smallest spread, all proven. `cut`: parents whose areas lie in several waves.
    `distance`: root mean square, in km, of the areas' distances from the middle of their wave; 0 without coordinates.
    `fewest_waves_bound`: fewer waves than this are impossible.
    """

    waves: tuple[PlannedWave, ...]
    spread: int
    lower_bound: int
    is_optimal: bool
    cut: int
    distance: float
    fewest_waves_bound: int

    @property
    def gap(self) -> int:
        """At most so many seats could the spread still shrink."""
        return max(0, self.spread - self.lower_bound)

    @property
    def assignment(self) -> dict[str, str]:
        """Area code to slot key."""
        return {code: wave.slot_key for wave in self.waves for code in wave.areas}


@dataclass(frozen=True)
class Limit:
    """A demand that cannot be met, as a sentence; `areas` are the codes it is about, `slot_keys` the slots."""

    kind: str
    sentence: str
    areas: tuple[str, ...] = ()
    slot_keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Relief:
    """A change that makes a plan possible (tried out). `cost`: the seats it touches; the cheapest stands first.

    Where it is one wish only: `number` is the number of waves, or of areas in a wave, to ask for instead; `areas` the
    codes of those to split.
    """

    kind: str
    sentence: str
    cost: int
    number: int | None = None
    areas: tuple[str, ...] = ()


@dataclass(frozen=True)
class Impossible:
    """No plan. `is_proven`: there is none; otherwise none was found within the iterations allowed."""

    limits: tuple[Limit, ...]
    reliefs: tuple[Relief, ...]
    is_proven: bool = True
