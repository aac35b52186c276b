"""`make scan`: wapiti and sqlmap over the running demo, as a stranger and signed in as each role.

    python -m tests.scan.scan FOLDER_OF_THE_SCANNERS

The portal is a throw-away one on PostgreSQL, so nothing outside is touched. Each scanner has SCAN_SECONDS (300) for
each role; what it had no time for is told. Findings of medium or higher end in exit code 1; all lie in `var/scan.json`.
"""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from rtportal import env
from tests.infra.machine import install_missing
from tests.infra.portal import Portal
from tests.infra.postgres import Postgres
from tests.infra.temporary import temporary_folder
from tests.scan.reports import Finding, read_sqlmap, read_wapiti

SECONDS = int(os.environ.get("SCAN_SECONDS") or 300)
# Not those that ask machines elsewhere (ssrf, xxe), guess names of files, or know other people's programs.
MODULES = (
    "cookieflags,crlf,csp,csrf,exec,file,http_headers,ldap,methods,permanentxss,redirect,shellshock,sql,upload,xss"
)
# Whoever follows these is signed out, or locked out.
AWAY = "/akun/"
SIGN_IN = """
from django.conf import settings
from django.test import Client
from participants.links import personal_url
from participants.models import Enrolment
from tests import factories
import json
cookies = {}
for role, region in (("viewer", "63.09"), ("village_operator", "63.09.06.1001"), ("district_operator", "63.09.06"),
                     ("official", "63.09"), ("admin", "63.09")):
    client = Client()
    client.force_login(factories.user(role=role, region=region))
    cookies[role] = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
# Where nobody needs to sign in, a personal link among it.
link = personal_url(Enrolment.objects.filter(link_revoked_at=None).latest("pk").link_id)
paths = ["/akun/masuk/", "/" + link.split("/", 3)[3], "/privasi/", "/k/", "/cek/x/"]
print("result: " + json.dumps([cookies, paths]))
"""


def main(scanners: Path) -> int:
    """Scan as everybody; returns the exit code."""
    install_missing()
    server = Postgres()
    server.start()
    try:
        with Portal(database_url=server.new_database()) as portal:
            portal.manage("load_regions")
            portal.manage("demo", timeout=600)
            printed = portal.python(SIGN_IN).splitlines()
            cookies, public = json.loads(next(line[8:] for line in printed if line.startswith("result: ")))
            findings, cut = [], []
            for actor, cookie in {"anonymous": "", **cookies}.items():
                for scan in (_wapiti, _sqlmap):
                    begun = time.monotonic()
                    found, is_whole = scan(scanners, portal.base_url, actor, cookie, public)
                    _say(f"{scan.__name__[1:]} {actor}: {len(found)} temuan, {time.monotonic() - begun:.0f} s")
                    findings += found
                    cut += [] if is_whole else [f"{scan.__name__[1:]} {actor}"]
    finally:
        server.stop()
    return _told(findings, cut)


def _wapiti(scanners: Path, address: str, actor: str, cookie: str, public: list[str]) -> tuple[list[Finding], bool]:
    folder = temporary_folder("wapiti")
    report = folder / "report.json"
    command = [scanners / "wapiti", "--url", f"{address}/", "--module", MODULES, "--format", "json", "--output", report]
    command += ["--store-session", folder, "--store-config", folder, "--no-bugreport"]
    command += ["--max-scan-time", str(SECONDS // 3), "--max-attack-time", str(SECONDS // 12), "--verbose", "0"]
    command += ["--max-links-per-page", "40", "--max-files-per-dir", "20", "--depth", "6"]
    if cookie:
        command += ["--cookie-value", cookie, "--exclude", f"{address}{AWAY}*"]
    for path in public:
        command += ["--start", f"{address}{path}"]
    is_whole = _run(command, folder, 2 * SECONDS)
    return read_wapiti(report, actor), is_whole and report.exists()


def _sqlmap(scanners: Path, address: str, actor: str, cookie: str, public: list[str]) -> tuple[list[Finding], bool]:
    folder = temporary_folder("sqlmap")
    begin = "/" if cookie else public[0]
    command = [
        scanners / "sqlmap",
        "-u",
        f"{address}{begin}",
        "--crawl=3",
        "--forms",
        "--batch",
        "--level=1",
        "--risk=1",
    ]
    # Time-based guesses take minutes for each field and are wrong on a busy machine.
    command += [
        "--level=1",
        "--risk=1",
        "--technique=BEUS",
        "--dbms=PostgreSQL",
        "--threads=4",
        "--timeout=10",
        "--retries=1",
        "--smart",
    ]
    command += [f"--output-dir={folder}", "--flush-session", "--disable-coloring"]
    if cookie:
        command += [f"--cookie={cookie}", "--drop-set-cookie", f"--crawl-exclude={AWAY}"]
    is_whole = _run(command, folder, SECONDS)
    return read_sqlmap(folder, actor), is_whole


def _run(command: list, folder: Path, seconds: int) -> bool:
    """Whether it came to its end in the time it has."""
    environment = {**os.environ, "HOME": str(folder)}
    with (folder / "log").open("wb") as log, contextlib.suppress(subprocess.TimeoutExpired):
        done = subprocess.run(
            [str(word) for word in command], env=environment, cwd=folder, stdout=log, stderr=log, timeout=seconds
        )
        if done.returncode:
            _say((folder / "log").read_text(errors="replace")[-2000:])
        return done.returncode == 0
    return False


def _told(findings: list[Finding], cut: list[str]) -> int:
    target = env.VAR_DIR / "scan.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    told = {"findings": [asdict(one) for one in findings], "cut_short": cut}
    target.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    counts = Counter((one.scanner, one.level, one.kind, "diterima" if one.accepted else "") for one in findings)
    for (scanner, level, kind, accepted), count in sorted(counts.items()):
        _say(f"{scanner:8} {level:9} {kind} {accepted}: {count}")
    for one in findings:
        if one.counts:
            _say(f"! {one.scanner} {one.actor} {one.level} {one.kind} {one.path} {one.parameter}: {one.words}")
    if cut:
        _say(f"Tidak selesai dalam waktunya: {', '.join(cut)}")
    wrong = sum(one.counts for one in findings)
    _say(f"{wrong} temuan sedang atau lebih tinggi; semuanya di {target}")
    return 1 if wrong else 0


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)  # noqa: T201 - this is a program's screen


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rtportal.settings")
    sys.exit(main(Path(sys.argv[1]).resolve()))
