"""Requests: what a page would send, with some of it replaced by what nobody expects."""

from dataclasses import dataclass, field
from random import Random

from tests.fuzz.inputs import Pool
from tests.fuzz.targets import Target, parameters_read

HEADER_NAMES = (
    *("Accept-Language", "HX-Request", "HX-Target", "HX-Current-URL", "If-Modified-Since", "If-None-Match", "Range"),
    *("Referer", "Accept", "User-Agent", "Authorization", "X-Forwarded-For", "X-Request-ID", "Accept-Encoding"),
    "X-Hub-Signature-256",
)
OTHER_METHODS = ("get", "post", "put", "head", "options")


@dataclass(frozen=True)
class Shot:
    """One request: where, as whom, and with what. `body` is set where the form is not sent as a form."""

    target: str
    actor: str
    method: str
    path: str
    query: list[tuple[str, str]] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[tuple[str, str, bytes, str]] = field(default_factory=list)
    body: str | None = None
    content_type: str = ""
    headers: dict[str, str] = field(default_factory=dict)


class Shooter:
    """Makes requests from the targets, the actors and a pool of values; the same seed makes the same ones."""

    def __init__(self, targets: list[Target], actors: list[str], pool: Pool, number: int) -> None:
        self._targets, self._actors, self._pool = targets, actors, pool
        self._random = Random(number)

    def next(self) -> Shot:
        choose = self._random.choice
        target = choose(self._targets)
        method = choose(OTHER_METHODS) if self._rarely(4) else target.method
        is_form = method in {"post", "put"}
        body = None
        if is_form and self._rarely(15):
            body = choose(self._pool.bodies) if self._rarely(2) else choose(self._pool.odd)
        return Shot(
            target=target.name,
            actor=choose(self._actors),
            method=method,
            path=target.path(self._arguments(target)),
            query=self._changed([], 1) if is_form else self._changed(self._usual(target), 3),
            fields=self._changed(self._usual(target), 3) if is_form else [],
            files=[self._file(name) for name in target.files if not self._rarely(6)] if is_form else [],
            body=body,
            content_type=choose(self._pool.types) if body is not None else "",
            headers={choose(HEADER_NAMES): choose(self._pool.headers) for _ in range(2) if self._rarely(3)},
        )

    def _rarely(self, times: int) -> bool:
        return self._random.randrange(times) == 0

    def _arguments(self, target: Target) -> dict[str, str]:
        if not target.arguments or not self._rarely(5):
            return {}
        return {self._random.choice(target.arguments)[0]: self._random.choice(self._pool.odd)}

    def _file(self, name: str) -> tuple[str, str, bytes, str]:
        pool, choose = self._pool, self._random.choice
        return name, choose(pool.filenames), choose(pool.contents), choose(pool.types)

    def _usual(self, target: Target) -> list[tuple[str, str]]:
        """The fields as the form would send them; now and then several values of one."""
        return [
            (name, self._random.choice(values))
            for name, values in target.values
            for _ in range(min(len(values), 3) if self._rarely(6) else 1)
        ]

    def _changed(self, fields: list[tuple[str, str]], most: int) -> list[tuple[str, str]]:
        """Up to so many of the fields replaced, doubled, left out, or added."""
        for _ in range(self._random.randint(0, most)):
            odd, place = self._random.choice(self._pool.odd), self._random.randrange(len(fields) + 1)
            if place == len(fields) or self._rarely(8):
                fields.append((self._random.choice(parameters_read()), odd))
            elif self._rarely(5):
                fields.append((fields[place][0], odd))
            elif self._rarely(5):
                fields.pop(place)
            else:
                fields[place] = (fields[place][0], odd)
        return fields
