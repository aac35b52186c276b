"""Requests by page, method and status. Each process writes its own file below PROMETHEUS_MULTIPROC_DIR."""

from pathlib import Path

from django.conf import settings
from prometheus_client import Counter, Histogram

# Each metric opens its file there when it is made.
Path(settings.PROMETHEUS_MULTIPROC_DIR).mkdir(parents=True, exist_ok=True)
_METHODS = {"GET", "HEAD", "POST"}
# Up to what an official still waits for; the personal pages take a few milliseconds.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

REQUESTS = Counter(
    "rtportal_requests", "Requests answered, by URL name, method and status.", ["url_name", "method", "status"]
)
SECONDS = Histogram(
    "rtportal_request_seconds", "Time to answer, by URL name and method.", ["url_name", "method"], buckets=_BUCKETS
)


def observe(url_name: str, method: str | None, status: int, seconds: float) -> None:
    """`url_name` is "" where no page was found: addresses that somebody makes up must not make new series."""
    name = url_name or "none"
    known = method if method in _METHODS else "other"
    REQUESTS.labels(name, known, str(status)).inc()
    SECONDS.labels(name, known).observe(seconds)
