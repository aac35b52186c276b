import urllib.error
import urllib.request

from tests.infra.portal import Portal

TOKEN = "N2x9c_Tq-7bVd3kLm0PzRwYs1aA"


def test_no_log_of_a_running_portal_names_a_personal_link():
    with Portal() as portal:
        try:
            urllib.request.urlopen(f"{portal.base_url}/u/{TOKEN}/")  # noqa: S310 - our own portal
        except urllib.error.HTTPError as answer:
            assert answer.code == 404
        logs = portal.logs()
    assert "GET /u/[tautan pribadi]/" in logs
    assert TOKEN not in logs
