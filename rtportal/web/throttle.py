"""Not more often than is reasonable: counts in the cache, shared by all processes."""

import ipaddress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

# Bits of an IPv6 address that a network gives away; the others are the visitor's own.
_ONE_VISITOR = 64


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
    """Where a request comes from, as far as that can be trusted: behind TLS our proxy adds it, at the end.

    An IPv4 address in the clothes of IPv6 is told as IPv4; what is no address at all stays as it came.
    """
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    said = forwarded.rpartition(",")[2].strip()[:60] or request.META.get("REMOTE_ADDR", "")
    address = _parsed(said)
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or said)


def visitor(request: HttpRequest) -> str:
    """Whom a limit counts as one: an IPv4 address, or the /64 of an IPv6 address.

    A household or a telephone has all 2**64 addresses of its /64 and may take another one for each request.
    """
    said = client_address(request)
    address = _parsed(said)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((int(address), _ONE_VISITOR), strict=False))
    return said


def _parsed(said: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(said)
    except ValueError:
        return None
