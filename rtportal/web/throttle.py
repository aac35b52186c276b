"""Not more often than is reasonable: counts in the cache, shared by all processes."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
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


def is_blocked(name: str, *, most: int) -> bool:
    """Whether `name` was counted `most` times or more in the present span; counts nothing."""
    try:
        return cache.get(f"throttle:{name}", 0) >= most
    except (RedisError, OSError):
        return False


def client_address(request: HttpRequest) -> str:
    """Where a request comes from, as far as that can be trusted: behind TLS our proxy adds it, at the end."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rpartition(",")[2].strip()[:60] or request.META.get("REMOTE_ADDR", "")
