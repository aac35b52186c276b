"""The wave planner: divides areas into waves, with proof. Pure: no Django, no database."""

from programs.planner.plan import Impossible, Limit, Plan, PlannedWave, Relief
from programs.planner.problem import Area, Problem, Rules, Slot
from programs.planner.solve import evaluate, lower_bound, solve

__all__ = [
    "Area",
    "Impossible",
    "Limit",
    "Plan",
    "PlannedWave",
    "Problem",
    "Relief",
    "Rules",
    "Slot",
    "evaluate",
    "lower_bound",
    "solve",
]
