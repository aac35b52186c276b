"""Not more often than is reasonable: counts in the cache, shared by all processes."""

from django.core.cache import cache
from redis.exceptions import RedisError


def is_too_often(name: str, *, most: int, seconds: int) -> bool:
    """Count one more try for `name` and say whether there were more than `most` in the present `seconds`.

    A cache that does not answer stops nobody.
    """
    key = f"throttle:{name}"
    try:
        cache.add(key, 0, timeout=seconds)
        return cache.incr(key) > most
    except ValueError:
        # The time ran out between the two.
        return False
    except (RedisError, OSError):
        return False
