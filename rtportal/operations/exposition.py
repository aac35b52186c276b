"""The figures as Prometheus reads them, over a port of their own."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from rtportal.lib import clock
from rtportal.operations.figures import figures

# However often somebody asks, the database is asked at most this often.
SECONDS_BETWEEN_READINGS = 10


class DatabaseCollector(Collector):
    """What the database knows; without one only that it is away."""

    def __init__(self, before_reading: Callable[[], None]) -> None:
        self._before_reading = before_reading
        self._read_at = float("-inf")
        self._last: list[GaugeMetricFamily] = []

    def describe(self) -> list:
        """Nothing is read when the registry is made."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        if time.monotonic() - self._read_at > SECONDS_BETWEEN_READINGS:
            self._last = list(self._read())
            self._read_at = time.monotonic()
        yield from self._last

    def _read(self) -> Iterator[GaugeMetricFamily]:
        families: dict[str, GaugeMetricFamily] = {}
        self._before_reading()
        try:
            found = figures(clock.now())
        except DatabaseError:
            found = []
            is_up = 0
        else:
            is_up = 1
        for figure in found:
            names = sorted(figure.labels)
            family = families.setdefault(figure.name, GaugeMetricFamily(figure.name, figure.help, labels=names))
            family.add_metric([figure.labels[name] for name in names], figure.value)
        yield GaugeMetricFamily("rtportal_database_up", "Whether the database answers.", value=is_up)
        yield from families.values()


def registry(before_reading: Callable[[], None] = lambda: None) -> CollectorRegistry:
    """The database's figures, and those of the web processes where they are counted.

    Whoever serves it for long gives what drops a connection that was lost: `before_reading`.
    """
    found = CollectorRegistry()
    found.register(DatabaseCollector(before_reading))
    if settings.PROMETHEUS_MULTIPROC_DIR:
        Path(settings.PROMETHEUS_MULTIPROC_DIR).mkdir(parents=True, exist_ok=True)
        MultiProcessCollector(found)
    return found
