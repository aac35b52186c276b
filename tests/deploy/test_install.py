"""`deploy/install` on a copy of this machine: all is real but systemd (see `tests/infra/service_manager.py`)."""

import json
import re

import pytest

from tests.infra.portal import wait_until
from tests.infra.throwaway_server import DOMAIN, ThrowAwayServer
from tests.rtportal.lib.pictures import png

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("server")]
HERE = f"--insecure --resolve {DOMAIN}:443:127.0.0.1 --resolve {DOMAIN}:80:127.0.0.1"
# Everything that an installation leaves; what the services write while they run lies elsewhere.
LEFT = "/opt/rtportal /etc/rtportal /etc/nginx /etc/systemd /etc/tmpfiles.d /usr/local/bin/rtportal"


def fingerprint(server: ThrowAwayServer) -> str:
    """Of every file that was laid out: name, mode, owner and content."""
    return server.run(
        f"find {LEFT} \\( -name __pycache__ -prune \\) -o -printf '%p %m %u %g %l\\n' | sort | sha256sum;"
        f"find {LEFT} -type f -not -name '*.pyc' -print0 | sort -z | xargs -0 sha256sum | sha256sum"
    )


def test_the_portal_answers_over_tls_and_says_that_all_its_parts_are_well(server):
    answer = server.curl(f"--include {HERE} https://{DOMAIN}/sehat/")
    assert answer.startswith("HTTP/2 200")
    assert "strict-transport-security: max-age=31536000" in answer
    states = json.loads(answer.splitlines()[-1])
    # That there is no backup yet is a warning; nothing has failed.
    assert {"database": "ok", "valkey": "ok", "messages": "ok"}.items() <= states.items()
    assert not [state for state in states.values() if state.startswith("failed")]


def test_whoever_comes_without_tls_is_sent_there(server):
    answer = server.curl(f"--include {HERE} http://{DOMAIN}/akun/masuk/")
    assert "301" in answer.splitlines()[0]
    assert f"Location: https://{DOMAIN}/akun/masuk/" in answer


def test_old_protocols_and_other_names_get_no_connection(server):
    with pytest.raises(AssertionError, match="ends with 35"):
        server.curl(f"{HERE} --tls-max 1.1 https://{DOMAIN}/sehat/")
    with pytest.raises(AssertionError, match="ends with 35"):
        server.curl("--insecure --resolve lain.contoh.id:443:127.0.0.1 https://lain.contoh.id/sehat/")


def test_no_log_names_a_secret_address(server):
    secret = "RaHaSiA0123456789abcdef"
    for path in (
        *(f"/u/{secret}/?jawab={secret}", f"/n/{secret}/materi/", f"/ics/{secret}.ics", f"/k/{secret}/"),
        *(
            f"/pintu/{secret}/",
            f"/cek/{secret}/",
            f"/akun/kata-sandi/baru/1x-{secret}/",
            f"/undangan-petugas/{secret}/",
        ),
        f"/akun/masuk/?next=/u/{secret}/",
    ):
        server.curl(f"--output /dev/null --referer https://{DOMAIN}/u/{secret}/ {HERE} 'https://{DOMAIN}{path}'")
        server.curl(f"--output /dev/null {HERE} 'http://{DOMAIN}{path}'")
    # And while the portal is away, when errors are written.
    server.run("systemctl stop rtportal-web.service && mv /run/rtportal/web.sock /run/rtportal/away")
    try:
        answer = server.curl(f"--include {HERE} https://{DOMAIN}/u/{secret}/")
    finally:
        server.run("mv /run/rtportal/away /run/rtportal/web.sock && systemctl start rtportal-web.service")
    assert "502" in answer.splitlines()[0]
    assert "Portal sedang tidak dapat dibuka" in answer
    assert server.run(f"grep -rl {secret} /var/log || true") == ""
    log = server.run("cat /var/log/nginx/rtportal.access.log")
    assert '"GET /u/[rahasia]/ HTTP' in log
    assert '"GET /n/[rahasia]/materi/ HTTP' in log
    assert '"GET /akun/kata-sandi/baru/[rahasia] HTTP' in log


def test_static_files_come_from_nginx_to_be_kept_for_a_year(server):
    page = server.curl(f"{HERE} https://{DOMAIN}/akun/masuk/")
    path = re.search(r'href="(/static/css/[^"]+)"', page)[1]
    answer = server.curl(f"--head --header 'Accept-Encoding: gzip' {HERE} https://{DOMAIN}{path}")
    assert answer.startswith("HTTP/2 200")
    assert "max-age=31536000" in answer
    assert "content-encoding: gzip" in answer
    assert "x-content-type-options: nosniff" in answer


def test_what_is_larger_than_any_upload_is_refused_at_the_door(server):
    server.run("head -c 30000000 /dev/zero >/var/large")
    answer = server.curl(f"--include --data-binary @/var/large {HERE} https://{DOMAIN}/akun/masuk/")
    assert "413" in answer.splitlines()[0]


def test_the_worker_does_a_task_and_beat_ticks(server):
    def done() -> bool:
        return "participants.send_due_reminders" in server.run("cat /var/log/units/rtportal-beat.service.log") and (
            "succeeded" in server.run("cat /var/log/units/rtportal-worker.service.log")
        )

    wait_until(done, 90, "beat sent a task and the worker did it", every=2)


def test_what_a_task_starts_works_inside_the_sandbox_of_the_worker(server):
    """Rosters and papers are read and laid out by processes of their own, which limit themselves."""
    server.run(
        f"cp {server.source}/tests/deploy/shut_in_work.py /var/lib/rtportal/ && chmod 644 /var/lib/rtportal/*.py"
    )
    command = f"/opt/rtportal/current/.venv/bin/python /var/lib/rtportal/shut_in_work.py {png().hex()}"
    server.run(
        "cd /etc/systemd/system && sed -e 's/^Type=.*/Type=oneshot/' -e 's/^Restart=.*//' "
        f"-e 's|^ExecStart=.*|ExecStart={command}|' rtportal-worker.service >work.service"
    )
    try:
        server.run("systemctl start work.service")
    finally:
        server.run("rm /etc/systemd/system/work.service /var/lib/rtportal/shut_in_work.py")


def test_figures_are_given_on_a_port_of_this_machine_only(server):
    figures = server.curl("http://127.0.0.1:9108/metrics")
    assert "# HELP" in figures
    assert server.run("ss -Hltn 'sport = :9108' || true", network=False).count("127.0.0.1:9108") == 1


def test_the_nightly_backup_runs_as_its_unit_says(server):
    server.run("rtportal backup_key >/dev/null 2>&1 || true")
    key = server.run(
        "cd /opt/rtportal/current && .venv/bin/python -c "
        "'from pyrage import x25519; print(x25519.Identity.generate().to_public())'"
    ).strip()
    server.run(f"sed -i \"s|^BACKUP_RECIPIENTS=.*|BACKUP_RECIPIENTS='{key}'|\" /etc/rtportal/environment")
    server.run("systemctl start rtportal-backup.service")
    names = server.run("ls /var/backups/rtportal").split()
    assert [name for name in names if name.endswith(".age")]


def test_the_role_in_the_database_is_bound_by_the_rules_of_rows(server):
    asked = "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles"
    told = server.run(f"runuser -u postgres -- psql -tA -c \"{asked} WHERE rolname = 'rtportal'\"")
    assert told.strip() == "f|f|f|f|f"


def test_keys_and_folders_are_closed_to_others(server):
    told = server.run("stat -c '%a %U:%G' /etc/rtportal/environment /etc/rtportal/tls/key.pem /var/lib/rtportal/files")
    assert told.split("\n")[:3] == ["640 root:rtportal", "600 root:root", "700 rtportal:rtportal"]
    # Whoever copied it by hand, and gave Redis a password for the network, must not have opened both to everybody.
    server.run(
        "chmod 644 /etc/rtportal/environment; chown root:root /etc/rtportal/environment;"
        "sed -i \"s|^REDIS_URL=.*|REDIS_URL='redis://:x@127.0.0.1/0'|\" /etc/rtportal/environment;"
        "cp -a /etc/rtportal/redis.conf /run/ && echo 'requirepass x' >>/etc/rtportal/redis.conf"
    )
    try:
        server.run(f"deploy/install --domain {DOMAIN} --self-signed", folder=server.source, check=False)
        told = server.run("stat -c '%a %U:%G' /etc/rtportal/environment /etc/rtportal/redis.conf")
        assert told.split("\n")[:2] == ["640 root:rtportal", "640 root:rtportal"]
    finally:
        here = "REDIS_URL='unix:///run/rtportal/redis.sock'"
        server.run(f'sed -i "s|^REDIS_URL=.*|{here}|" /etc/rtportal/environment; mv /run/redis.conf /etc/rtportal/')
    server.run("runuser -u nobody -- cat /etc/rtportal/environment", check=False)
    assert server.code != 0


def test_systemd_finds_nothing_to_say_about_the_units(server):
    assert server.run("systemd-analyze verify --man=no /etc/systemd/system/rtportal*") == ""


def test_a_management_command_runs_with_the_settings_of_the_services(server):
    who = "admin@contoh.go.id --nama Admin --peran admin --wilayah 63.09"
    server.run(f"rtportal add_official {who} --kata-sandi 'uji coba pertama'")
    counted = "runuser -u rtportal -- psql -tA -d rtportal -c 'SELECT count(*) FROM accounts_user'"
    assert server.run(counted).strip() == "1"


def test_installing_again_changes_nothing_and_keeps_the_keys(server):
    before, keys = fingerprint(server), server.run("cat /etc/rtportal/environment")
    pids = server.run("cat /run/nginx.pid; pgrep -o -f web_settings; pgrep -o -f 'celery --app rtportal worker'")
    told = server.run(f"deploy/install --domain {DOMAIN} --self-signed", folder=server.source)
    assert "Selesai" in told
    assert server.run("cat /etc/rtportal/environment") == keys
    assert fingerprint(server) == before
    assert pids == server.run(
        "cat /run/nginx.pid; pgrep -o -f web_settings; pgrep -o -f 'celery --app rtportal worker'"
    )


def test_installing_again_mends_what_was_broken(server):
    before = fingerprint(server)
    server.run(
        "rm /etc/systemd/system/rtportal-beat.service; echo 'nonsense' >>/etc/nginx/sites-available/rtportal;"
        "chmod 644 /etc/rtportal/tls/key.pem; runuser -u postgres -- psql -qc 'ALTER ROLE rtportal CREATEDB';"
        "systemctl stop rtportal-worker.service"
    )
    server.run(f"deploy/install --domain {DOMAIN} --self-signed", folder=server.source)
    assert fingerprint(server) == before
    server.run("systemctl is-active rtportal-worker.service")


def test_a_key_that_a_release_adds_stands_on_a_line_of_its_own(server):
    keys = server.run("cat /etc/rtportal/environment")
    server.run("sed -i '/^AUDIT_KEYS=/d' /etc/rtportal/environment; printf MEDIA=x >>/etc/rtportal/environment")
    try:
        told = server.run(f"deploy/install --domain {DOMAIN} --self-signed", folder=server.source)
        assert "Kunci baru di /etc/rtportal/environment: AUDIT_KEYS" in told
        assert "\nMEDIA=x\nAUDIT_KEYS='" in server.run("cat /etc/rtportal/environment")
    finally:
        server.write("/etc/rtportal/environment", keys)


@pytest.mark.parametrize("line", ["FIRST_MACHINE=no", "FIRST_MACHINE='no'", 'FIRST_MACHINE="no"'])
def test_a_further_machine_never_makes_a_key_of_its_own(server, line):
    keys = server.run("cat /etc/rtportal/environment")
    server.write("/etc/rtportal/environment", re.sub("(?m)^AUDIT_KEYS=.*\n", "", keys) + f"{line}\n")
    try:
        told = server.run(f"deploy/install --domain {DOMAIN} --self-signed", folder=server.source, check=False)
        assert server.code == 1
        assert "AUDIT_KEYS" in told.splitlines()[-1]
        assert "AUDIT_KEYS" not in server.run("cat /etc/rtportal/environment")
    finally:
        server.write("/etc/rtportal/environment", keys)


# What a load balancer sends before the TLS connection that it passes on.
VISIT = """
import socket, ssl
door = socket.create_connection(("127.0.0.1", 443))
door.sendall(b"PROXY TCP4 203.0.113.7 10.0.0.1 50000 443\\r\\n")
context = ssl.create_default_context()
context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
inside = context.wrap_socket(door, server_hostname="{domain}")
inside.sendall(b"GET /sehat/?proxied HTTP/1.1\\r\\nHost: {domain}\\r\\nConnection: close\\r\\n\\r\\n")
print(inside.recv(100).decode())
"""


def test_behind_a_load_balancer_a_visitor_keeps_an_own_address(server):
    before = fingerprint(server)
    install = f"deploy/install --domain {DOMAIN} --self-signed"
    server.run(f"{install} --behind-proxy 10.0.0.0/24,127.0.0.1", folder=server.source)
    try:
        server.write("/var/visit.py", VISIT.format(domain=DOMAIN))
        assert "200 OK" in server.run("python3 /var/visit.py", network=False)
        log = server.run("grep sehat /var/log/nginx/rtportal.access.log | tail -n 1")
        assert log.startswith("203.0.113.7 ")
    finally:
        server.run(install, folder=server.source)
    assert fingerprint(server) == before


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ("--domain https://x.id --self-signed", "tanpa https"),
        ("--domain portal.contoh.go.id", "Pilih sertifikat"),
        ("--domain portal.contoh.go.id --acme", "memerlukan --email"),
        ("--domain portal.contoh.go.id --certificate /none --key /none", "tidak ada"),
        (
            "--domain lain.contoh.go.id --certificate /etc/rtportal/tls/fullchain.pem --key /etc/rtportal/tls/key.pem",
            "bukan untuk",
        ),
        ("--domain portal.contoh.go.id --self-signed --behind-proxy haproxy", "--behind-proxy"),
        ("--domain portal.contoh.go.id --self-signed --only weeb", "tidak dikenal"),
    ],
)
def test_what_cannot_work_is_refused_in_a_sentence(server, options, why):
    told = server.run(f"deploy/install {options}", folder=server.source, check=False)
    assert server.code == 1
    assert why in told.splitlines()[-1]
