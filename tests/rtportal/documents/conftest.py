"""An export that lives only in tests: whoever may export in Tabalong counts to `n`. Trouble comes at row 500."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

import pytest
from django.http import Http404

from rtportal.documents import registry
from rtportal.documents.registry import Export
from rtportal.documents.tables import Column
from rtportal.lib.errors import InputError
from tests.factories import NOW, TABALONG


class Killed(BaseException):
    """What a worker's end looks like from inside: nothing after it runs but Python's own cleaning up."""


class Numbers(Export):
    identifier = "bilangan"
    label = "Bilangan"
    about = "test"

    def __init__(self, user, params: Mapping[str, object]):
        if not str(params.get("n", "")).isdigit():
            raise Http404
        self.n = int(str(params["n"]))
        self.params = {"n": self.n, "trouble": str(params.get("trouble", ""))}
        self.region_code = TABALONG
        self.subject = "test:1"
        self.title = "Bilangan sampai n"
        self.filename = "bilangan"

    def count(self) -> int:
        return self.n

    def columns(self):
        return [Column("Bilangan")]

    def rows(self) -> Iterator[tuple[int]]:
        for number in range(1, self.n + 1):
            if number == 500 and self.params["trouble"] in TROUBLES:
                TROUBLES[self.params["trouble"]]()
            yield (number,)


def _break():
    raise RuntimeError("the disk is full")


def _refuse():
    raise InputError("Barisnya terlalu banyak.")


def _kill():
    raise Killed


TROUBLES = {"break": _break, "refuse": _refuse, "kill": _kill}


@pytest.fixture
def numbers() -> Iterator[type[Export]]:
    """Registered as an app's own export would be, for one test."""
    yield registry.register(Numbers)
    registry._exports.pop(Numbers.identifier)


class Clock:
    """Stands still until a test moves it; each look may move it by `step`."""

    def __init__(self) -> None:
        self.at = NOW
        self.step = timedelta(0)

    def __call__(self) -> datetime:
        self.at += self.step
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()
