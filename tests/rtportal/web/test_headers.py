"""Headers of every answer."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/akun/masuk/", "/", "/tidak/ada/"])
def test_every_page_is_closed_to_search_engines_sensors_and_shared_caches(client, path):
    headers = client.get(path).headers
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "private" in headers["Cache-Control"] or "no-store" in headers["Cache-Control"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_nothing_inline_is_allowed(client):
    policy = client.get("/akun/masuk/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
