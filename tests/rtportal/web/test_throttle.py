import pytest
from django.core.cache import cache
from django.test import RequestFactory, override_settings

from rtportal.web.throttle import client_address, is_too_often, visitor


def seen(address: str) -> tuple[str, str]:
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    return client_address(request), visitor(request)


def test_what_comes_too_often_is_stopped_and_others_are_not():
    tries = [is_too_often("a", most=2, seconds=60) for _ in range(4)]
    assert tries == [False, False, True, True]
    assert not is_too_often("b", most=2, seconds=60)


def test_the_count_ends_with_its_time():
    is_too_often("a", most=1, seconds=60)
    assert is_too_often("a", most=1, seconds=60)
    cache.delete("throttle:a")
    assert not is_too_often("a", most=1, seconds=60)


def test_a_cache_that_does_not_answer_stops_nobody(tmp_path):
    nowhere = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache"}}
    nowhere["default"]["LOCATION"] = f"unix://{tmp_path}/no.sock"
    with override_settings(CACHES=nowhere):
        assert not any(is_too_often("a", most=0, seconds=60) for _ in range(3))


def test_addresses_of_one_line_are_one_visitor_and_those_of_the_next_another():
    one, same, other = "2001:db8:0:1::1", "2001:0DB8:0:1:ffff:ffff:ffff:ffff", "2001:db8:0:2::1"
    assert seen(one) == (one, "2001:db8:0:1::/64")
    assert seen(same)[1] == seen(one)[1] != seen(other)[1]
    assert seen("fe80::1%eth0")[1] == seen("fe80::2")[1]


def test_addresses_of_ipv4_are_counted_each_for_itself_also_in_the_clothes_of_ipv6():
    assert seen("203.0.113.9") == seen("::ffff:203.0.113.9") == ("203.0.113.9", "203.0.113.9")
    assert seen("::ffff:203.0.113.10")[1] != seen("::ffff:203.0.113.9")[1]


@pytest.mark.parametrize("nonsense", ["", "bukan-alamat", "203.0.113", "2001:db8::/64", "[2001:db8::1]:443"])
def test_what_is_no_address_stays_as_it_came(nonsense):
    assert seen(nonsense) == (nonsense, nonsense)


def test_behind_our_proxy_the_visitor_is_whom_the_proxy_saw(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    headers = {"X-Forwarded-For": "198.51.100.1, 2001:db8::7"}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR="127.0.0.1")
    assert (client_address(request), visitor(request)) == ("2001:db8::7", "2001:db8::/64")
