import urllib.error
import urllib.request

from tests.infra.portal import Portal, wait_until

TOKEN = "N2x9c_Tq-7bVd3kLm0PzRwYs1aA"


def test_no_log_of_a_running_portal_names_a_personal_link():
    with Portal() as portal:
        try:
            urllib.request.urlopen(f"{portal.base_url}/u/{TOKEN}/")  # noqa: S310 - our own portal
        except urllib.error.HTTPError as answer:
            assert answer.code == 404
        # gunicorn writes the line after it has answered.
        wait_until(lambda: "GET /u/[tautan pribadi]/" in portal.logs(), 10)
        assert TOKEN not in portal.logs()
