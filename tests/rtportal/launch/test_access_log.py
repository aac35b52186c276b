import urllib.error
import urllib.request

from tests.infra.portal import Portal, wait_until

TOKEN = "N2x9c_Tq-7bVd3kLm0PzRwYs1aA"
KEY = "0b6e3c51-6d0f-4a53-9a51-2f8f2f0f8a11"
PATHS = [TOKEN, f"{TOKEN}/", *(f"{TOKEN}/{more}" for more in ("jadwal.ics", "bukan-saya/", f"materi/{KEY}/", "x"))]


def test_no_log_of_a_running_portal_names_a_personal_link():
    with Portal() as portal:
        for path in PATHS:
            try:
                urllib.request.urlopen(f"{portal.base_url}/u/{path}")  # noqa: S310 - our own portal
            except urllib.error.HTTPError as answer:
                assert answer.code == 404, path
        # gunicorn writes the line after it has answered.
        wait_until(lambda: "GET /u/[tautan pribadi]/x" in portal.logs(), 10)
        everything = "".join(path.read_text() for path in (portal.var_dir / "log").glob("*.log"))
        assert everything.count("GET /u/[tautan pribadi]") >= len(PATHS)
        assert TOKEN not in everything
