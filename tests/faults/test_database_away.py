"""PostgreSQL stops under a running web: every page says so in words, nothing half done, and it comes back alone."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.faults.browser import EMAIL, PASSWORD, Browser
from tests.infra.missing import not_tested_here
from tests.infra.portal import Portal, wait_until
from tests.infra.postgres import NoPostgres, Postgres

pytestmark = [pytest.mark.faults, pytest.mark.slow]
# Nobody waits in front of an empty page.
AT_ONCE = 5
PREPARE = f"""
from tests import factories
factories.regions(factories.TABALONG)
user = factories.user(email={EMAIL!r})
user.set_password({PASSWORD!r})
user.save()
[head] = factories.heads(1)
print(factories.personal_path(factories.enrolment(wave=factories.wave(), head=head)))
"""
VENUES = "from programs.models import Venue; print(Venue.objects.filter(name='Balai Baru').count())"


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    try:
        server = Postgres(synchronous_commit="on")
        server.start()
    except NoPostgres as reason:
        not_tested_here(f"PostgreSQL: {reason}")
    yield server
    server.stop()


def sehat(portal: Portal) -> requests.Response:
    return requests.get(portal.base_url + "/sehat/", timeout=20)


def says_so(met: requests.Response) -> None:
    assert met.status_code == 503, (met.request.method, met.url)
    assert "Portal sedang memulai ulang" in met.text
    assert "belum tersimpan" in met.text
    assert met.headers["Retry-After"] == "10"
    assert "Content-Security-Policy" in met.headers
    for word in ("Traceback", "psycopg2", "OperationalError", "rtportal/"):
        assert word not in met.text
    assert met.elapsed.total_seconds() < AT_ONCE


def test_pages_say_that_the_database_is_away_and_work_again_by_themselves(postgres):
    with Portal(database_url=postgres.new_database(), beat=False) as portal:
        personal = portal.python(PREPARE)
        official, stranger, head = (Browser(portal.base_url) for _ in range(3))
        before = sehat(portal).json()
        assert before["database"] == "ok"
        assert official.sign_in().status_code == 200
        assert official.show("/tempat/tambah/").status_code == 200
        stranger.show("/akun/masuk/")
        assert head.show(personal).status_code == 200
        venue = {"name": "Balai Baru", "region": "63.09", "address": "Jalan Baru 1", "capacity": "100"}

        # Connections of every process and thread of the web break, which is another fault than finding nobody there.
        with ThreadPoolExecutor(32) as many:
            list(many.map(lambda _: requests.get(portal.base_url + personal, timeout=60).raise_for_status(), range(96)))

        postgres.go_away()
        for _ in range(6):
            says_so(official.show("/ketua-rt/"))
            says_so(official.show("/keadaan/"))
            says_so(official.fill_in("/tempat/tambah/", **venue))
            says_so(stranger.fill_in("/akun/masuk/", login="orang@lain.test", password=PASSWORD))
            says_so(head.show(personal))
            says_so(head.fill_in(personal, answer="confirmed"))
        state = sehat(portal)
        assert (state.status_code, state.json()["database"], state.json()["valkey"]) == (503, "failed", "ok")
        # The machine that restarts what hangs must not restart the web.
        assert requests.get(portal.base_url + "/sehat/hidup/", timeout=20).status_code == 200

        postgres.come_back()
        wait_until(lambda: sehat(portal).json() == before, 30, "all is well again")
        assert portal.web.exit_code is None
        # Every process and thread of the web, not just the one that was asked first.
        for _ in range(20):
            met = official.show("/ketua-rt/")
            assert (met.status_code, "/akun/masuk/" in met.url) == (200, False)
        assert head.show(personal).status_code == 200
        assert stranger.sign_in().status_code == 200
        assert portal.python(VENUES) == "0"
        official.show("/tempat/tambah/")
        official.fill_in("/tempat/tambah/", **venue)
        assert portal.python(VENUES) == "1"
