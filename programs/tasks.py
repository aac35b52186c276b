"""What the worker does for this app: each task calls one use case and stops."""

from celery import shared_task

from programs.use_cases.seed_special_days import seed_special_days as write_special_days
from programs.use_cases.solve_waiting_plans import solve_waiting_plans as solve_all_waiting
from rtportal.lib import clock


@shared_task(name="programs.solve_waiting_plans")
def solve_waiting_plans() -> None:
    solve_all_waiting(now=clock.now())


@shared_task(name="programs.seed_special_days")
def seed_special_days() -> None:
    write_special_days(now=clock.now())
