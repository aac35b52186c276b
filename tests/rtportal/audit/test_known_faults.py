from django.test import override_settings

from rtportal.audit import known_faults


def test_what_was_remembered_is_known():
    assert known_faults.known() == 0
    known_faults.remember(3)
    assert known_faults.known() == 3
    known_faults.remember(0)
    assert known_faults.known() == 0


def test_a_cache_that_does_not_answer_knows_nothing(tmp_path):
    nowhere = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache"}}
    nowhere["default"]["LOCATION"] = f"unix://{tmp_path}/no.sock"
    with override_settings(CACHES=nowhere):
        known_faults.remember(3)
        assert known_faults.known() == 0
