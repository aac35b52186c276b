"""Whether the newest walk over the chain found a fault, known to every page without asking the database."""

from django.core.cache import cache
from redis.exceptions import RedisError

_KEY = "audit:faults"


def remember(count: int) -> None:
    """Until the next walk. A cache that does not answer, or is emptied, knows nothing till then; ChainCheck does."""
    try:
        cache.set(_KEY, count, timeout=None)
    except (RedisError, OSError):
        return


def known() -> int:
    try:
        return cache.get(_KEY) or 0
    except (RedisError, OSError):
        return 0
