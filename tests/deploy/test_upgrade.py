"""`deploy/upgrade` and `deploy/rollback` between releases made up by the tests, while somebody uses the portal."""

import pytest

from tests.infra.portal import wait_until
from tests.infra.throwaway_server import DOMAIN, ThrowAwayServer

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("server")]
SITE = f"https://{DOMAIN}/akun/masuk/"
# One request after the other, each on a connection of its own; says at the end what each answered. On a slow machine
# it goes on after the command has ended, until there were three.
ASK = f"curl -sk -o /dev/null -w '%{{http_code}}\\n' -m 60 --resolve {DOMAIN}:443:127.0.0.1 {SITE}"
VISITOR = f"asked=0; while [ -e /run/visited ] || [ $asked -lt 3 ]; do {ASK}; asked=$((asked + 1)); sleep 0.1; done"


def running(server: ThrowAwayServer) -> str:
    """The release whose code the web process that answers runs."""
    pid = server.run("pgrep -o -f web_settings").strip()
    return server.run(f"readlink /proc/{pid}/cwd").strip().rpartition("/")[2]


def worker_python(server: ThrowAwayServer) -> str:
    """The path of the program that runs the worker."""
    pid = server.run("pgrep -o -f 'celery --app rtportal worker'", check=False).strip()
    return server.run(f"tr '\\0' '\\n' </proc/{pid}/cmdline | head -n 1", check=False).strip()


def commit(server: ThrowAwayServer, change: str) -> str:
    """A new release in the clone; returns its name."""
    git = "git -c safe.directory='*' -c user.name=Uji -c user.email=uji@contoh.invalid"
    server.run(f"{change} && {git} commit --quiet --all --allow-empty -m 'A release'", folder=server.source)
    version = server.run("git -c safe.directory='*' rev-parse --short=10 HEAD", folder=server.source).strip()
    return f"0.1.0-{version}"


def visited(server: ThrowAwayServer, command: str) -> tuple[str, set[str]]:
    """What a command says while a visitor asks for a page again and again, and the states of the answers."""
    server.run("touch /run/visited")
    visitor = server.background(VISITOR)
    told = server.run(command, folder=server.source, check=False)
    code = server.code
    server.run("rm /run/visited")
    answers = visitor.communicate(timeout=200)[0].split()
    server.code = code
    assert len(answers) >= 3
    return told, set(answers)


def test_an_upgrade_answers_every_request_and_a_rollback_too(server):
    old = running(server)
    new = commit(server, "echo >>CHANGELOG.md")
    told, answers = visited(server, "deploy/upgrade --without-backup")
    assert server.code == 0, told
    assert answers == {"200"}
    assert running(server) == new
    own = f"/opt/rtportal/releases/{new}/.venv/bin/python"
    wait_until(
        lambda: worker_python(server) == own, 100, "the worker has started anew, out of its own release", every=1
    )

    told, answers = visited(server, "deploy/rollback")
    assert server.code == 0, told
    assert answers == {"200"}
    assert running(server) == old
    assert server.run("readlink /opt/rtportal/previous").strip() == f"releases/{new}"


def test_an_upgrade_gives_nginx_what_no_log_may_name_and_takes_back_what_nginx_refuses(server):
    old = running(server)
    secret = "RaHaSiAbaru0123456789"
    # The address of a page that holds somebody's key and is new in this release.
    log, proxy = "deploy/nginx/log.conf", "deploy/nginx/proxy.conf"
    new = commit(server, f"sed -i 's/(?<rtportal_kind>u|/(?<rtportal_kind>baru|u|/' {log} && echo '# a' >>{proxy}")
    told, answers = visited(server, "deploy/upgrade --without-backup")
    assert server.code == 0, told
    assert answers == {"200"}
    assert running(server) == new
    server.curl(f"-ko /dev/null --resolve {DOMAIN}:443:127.0.0.1 https://{DOMAIN}/baru/{secret}/")
    assert "/baru/[rahasia]/" in server.run("tail -n 1 /var/log/nginx/rtportal.access.log")

    put = "sha256sum /etc/nginx/rtportal/*; ls /etc/nginx"
    before = server.run(put)
    commit(server, "echo nonsense >>deploy/nginx/server.conf")
    told, answers = visited(server, "deploy/upgrade --without-backup")
    assert server.code == 1
    assert "nginx menolak" in told
    assert answers == {"200"}
    assert running(server) == new
    assert server.run(put) == before
    server.run("nginx -t")
    commit(server, "sed -i /nonsense/d deploy/nginx/server.conf")

    # The way back: what hides addresses stays, because visitors still have them.
    server.run("deploy/rollback", folder=server.source)
    assert running(server) == old
    assert "baru|u|" in server.run("cat /etc/nginx/rtportal/log.conf")
    assert "# a" not in server.run("cat /etc/nginx/rtportal/proxy.conf")


def test_a_release_that_cannot_answer_is_never_put_in_service(server):
    old = running(server)
    broken = commit(server, "echo 'raise RuntimeError' >>rtportal/urls.py")
    told, answers = visited(server, "deploy/upgrade --without-backup")
    assert server.code == 1
    assert "tetap berjalan" in told or "tidak ada yang berubah" in told
    assert answers == {"200"}
    assert running(server) == old
    commit(server, "git -c safe.directory='*' show HEAD~1:rtportal/urls.py >rtportal/urls.py")
    assert broken not in server.run("readlink /opt/rtportal/current /opt/rtportal/previous || true")


def test_a_release_that_fails_in_service_is_taken_back_by_itself_and_no_request_is_refused(server):
    old = running(server)
    commit(server, "echo 'raise SystemExit(1)' >>rtportal/launch/web_settings.py")
    told, answers = visited(server, "deploy/upgrade --without-backup")
    assert server.code == 1
    assert f"rilis {old} berjalan lagi" in told
    assert answers == {"200"}
    assert running(server) == old
    commit(
        server, "git -c safe.directory='*' show HEAD~1:rtportal/launch/web_settings.py >rtportal/launch/web_settings.py"
    )


def test_an_upgrade_makes_a_backup_first_and_ends_where_there_can_be_none(server):
    old = running(server)
    server.run("sed -i \"s|^BACKUP_RECIPIENTS=.*|BACKUP_RECIPIENTS=''|\" /etc/rtportal/environment")
    commit(server, "echo >>CHANGELOG.md")
    told = server.run("deploy/upgrade", folder=server.source, check=False)
    assert server.code == 1
    assert "BACKUP_RECIPIENTS" in told
    assert "pembaruan dibatalkan" in told
    assert running(server) == old
