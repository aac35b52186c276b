from django.core.cache import cache
from django.test import override_settings

from rtportal.web.throttle import is_too_often


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
