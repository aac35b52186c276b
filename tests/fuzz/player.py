"""What each process of `make fuzz` runs: rounds of requests in a database of its own, told line by line as JSON.

Arguments: the first round's number, the step to its next one, how many rounds there are, requests in a round, and the
instant (seconds since 1970) at which no new request is sent any more.
"""

import json
import logging
import sys
import time
from dataclasses import asdict


def main(first: int, step: int, rounds: int, inputs: int, until: float) -> None:
    """Play and tell: one line for each round, with its faults."""
    import django
    from django.conf import settings
    from django.test import client

    from rtportal.web.encoding import Utf8Request

    # As `tests/conftest.py` does.
    client.WSGIRequest = Utf8Request
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    django.setup()
    from django.test.utils import setup_test_environment

    from tests.fuzz.rounds import Round

    setup_test_environment()
    logging.disable(logging.CRITICAL)
    here = Round.here()
    _tell(targets=len(here.targets))
    for number in range(first, rounds, step):
        if time.time() >= until:
            break
        sent, findings = here.play(seed=number, inputs=inputs, is_over=lambda: time.time() >= until)
        _tell(round=number, sent=sent, is_whole=time.time() < until, findings=[asdict(one) for one in findings])


def _tell(**line) -> None:
    print("told:" + json.dumps(line, default=repr), flush=True)  # noqa: T201 - read by `run.py`


if __name__ == "__main__":
    first, step, rounds, inputs = map(int, sys.argv[1:5])
    main(first, step, rounds, inputs, float(sys.argv[5]))
