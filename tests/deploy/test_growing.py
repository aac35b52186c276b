"""Several machines for one portal: two web hosts and three workers against one PostgreSQL and one Redis, with the
command lines of `deploy/systemd`, each host with a folder of its own and the keys and files of all.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from rtportal.env import BASE_DIR
from rtportal.launch.child import Child
from rtportal.launch.readiness import web_answers
from tests.faults.delivery import INVITE, PREPARE, received, states, wait_for_the_end
from tests.infra.portal import Portal, wait_until
from tests.infra.temporary import free_port
from tests.infra.unit_files import Unit

pytestmark = [pytest.mark.slow, pytest.mark.faults]
PEOPLE = 337
HOSTS = ("a", "b")
WORKERS = ("a", "b", "c")
KEYS = {
    "SECRET_KEY": "a-key-of-cookies-that-both-hosts-have-been-given-alike",
    "LINK_KEY": "a-key-of-links-that-both-hosts-have-been-given",
    "AUDIT_KEYS": "a-key-of-the-history-that-both-have-been-given",
    "PERSONAL_KEYS": "a-key-of-telephones-that-both-have-been-given",
    "NIK_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
}
PASSWORD = "rukun-tetangga-maju"
ACCOUNT = f"""
from rtportal.accounts.models import User
user = User.objects.get()
user.set_password({PASSWORD!r})
user.save()
print(user.email)
"""


class Grown:
    """A portal that runs on several hosts; `portal` is its database, its broker and what they share."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.children: list[Child] = []
        self.ports: dict[str, int] = {}

    def start(self, host: str, part: str, *more: str, name: str = "") -> Child:
        """A part of the portal on a host as its unit starts it."""
        unit = Unit(BASE_DIR / "deploy" / "systemd" / f"rtportal-{part}.service")
        folder = self._folder(host)
        words = unit.command({})
        # Whatever python the unit finds: here it is this one.
        words = words[words.index("-m") :]
        words = [word.replace("/var/lib/rtportal", str(folder)) for word in words]
        environment = {**self.portal.env, "VAR_DIR": str(folder)}
        log = self.portal.var_dir / "log" / f"{name or part}-{host}.log"
        child = Child(part, [sys.executable, *words, *more], log=log, env=environment)
        self.children.append(child)
        return child

    def start_web(self, host: str) -> None:
        self.ports[host] = free_port()
        self.start(host, "web", "--bind", f"127.0.0.1:{self.ports[host]}")

    def url(self, host: str, path: str) -> str:
        return f"http://localhost:{self.ports[host]}{path}"

    def _folder(self, host: str) -> Path:
        """What is the host's own; uploads lie in storage that all of them mount."""
        folder = self.portal.var_dir / host
        if not folder.exists():
            folder.mkdir()
            shared = self.portal.var_dir / "shared"
            shared.mkdir(exist_ok=True)
            (folder / "files").symlink_to(shared)
            (folder / "static").symlink_to(self.portal.var_dir / "static")
        return folder


@pytest.fixture
def grown(new_postgres_database, smtp_sink) -> Iterator[Grown]:
    env = {**KEYS, "WEB_PROCESSES": "1", "WORKER_PROCESSES": "1"}
    with Portal(
        database_url=new_postgres_database(), email_url=smtp_sink.url, redis=True, env=env, start=False
    ) as portal:
        many = Grown(portal)
        try:
            yield many
        finally:
            for child in many.children:
                child.kill()


def signed_in(grown: Grown, email: str) -> requests.Session:
    """A browser that signed in on the first host."""
    browser = requests.Session()
    page = browser.get(grown.url("a", "/akun/masuk/"), timeout=20)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
    form = {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    browser.post(grown.url("a", "/akun/masuk/"), data=form, timeout=20)
    return browser


def test_two_web_hosts_and_three_workers_are_one_portal_even_with_a_second_beat(grown, smtp_sink):
    grown.portal.python(PREPARE.format(people=PEOPLE))
    email = grown.portal.python(ACCOUNT)
    for host in HOSTS:
        grown.start_web(host)
    for host in WORKERS:
        grown.start(host, "worker", "--hostname", f"portal@{host}")
    # One is right; a second one by mistake, on another host, does no harm.
    for host in HOSTS:
        grown.start(host, "beat")
    for port in grown.ports.values():
        wait_until(lambda port=port: web_answers(port), 60, grown.portal.logs())

    browser = signed_in(grown, email)
    for host in HOSTS:
        home = browser.get(grown.url(host, "/ketua-rt/"), timeout=30)
        assert home.status_code == 200
        assert "/akun/masuk/" not in home.url

    grown.portal.python(INVITE)
    assert wait_for_the_end(grown.portal, smtp_sink, PEOPLE) == {"accepted": PEOPLE}
    logs = {host: (grown.portal.var_dir / "log" / f"beat-{host}.log") for host in HOSTS}
    for path in logs.values():
        wait_until(lambda path=path: "Sending due task" in path.read_text(), 100, "both beats tick", every=1)
    assert received(smtp_sink).most_common(1)[0][1] == 1
    assert states(grown.portal) == {"accepted": PEOPLE}

    # Each link works on each host, because its key is the same.
    link = re.search(r"/u/[\w-]+/", smtp_sink.messages[0].text)[0]
    for host in HOSTS:
        assert requests.get(grown.url(host, link), timeout=20).status_code == 200

    # Whoever signs out on one host is out on the other.
    browser.cookies.clear()
    assert "/akun/masuk/" in browser.get(grown.url("b", "/ketua-rt/"), timeout=20).url


def test_work_goes_on_when_one_web_host_and_two_workers_are_gone(grown, smtp_sink):
    grown.portal.python(PREPARE.format(people=PEOPLE))
    for host in HOSTS:
        grown.start_web(host)
    workers = [grown.start(host, "worker", "--hostname", f"portal@{host}") for host in WORKERS]
    grown.start("a", "beat")
    wait_until(lambda: web_answers(grown.ports["b"]), 60, grown.portal.logs())
    smtp_sink.delay = 0.02
    grown.portal.python(INVITE)
    wait_until(lambda: len(smtp_sink.messages) > 10, 60, grown.portal.logs())
    for worker in workers[:2]:
        worker.stop(30)
    grown.children[0].kill()
    smtp_sink.delay = 0
    assert wait_for_the_end(grown.portal, smtp_sink, PEOPLE) == {"accepted": PEOPLE}
    assert received(smtp_sink).most_common(1)[0][1] == 1
    assert requests.get(grown.url("b", "/sehat/"), timeout=20).json()["database"] == "ok"
