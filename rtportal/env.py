"""The only reader of the process environment: names, defaults and their meaning in one place.

Everything here is evaluated once, at import. `rtportal/settings.py` turns it into Django settings.
"""

import fcntl
import hashlib
import json
import os
import re
import secrets
import tempfile
import tomllib
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from rtportal.lib.errors import EnvError

BASE_DIR = Path(__file__).resolve().parent.parent

VERSION: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]

# A unix socket's path may have 107 bytes; a longer VAR_DIR gets its socket in the temporary folder.
LONGEST_SOCKET_PATH = 100

# How every session at PostgreSQL begins. Compiling a query costs more than any of ours takes: counting 30,000 heads
# 2.9 s instead of 0.8 s. Without an actor, row-level security shows nothing (`rtportal/accounts/row_guard.py`).
SESSION = "-c jit=off -c rtportal.actor=system"


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool) -> bool:
    """`1`, `true`, `yes`, `on` in any case are true; anything else that is set is false."""
    value = text(name)
    return value.lower() in {"1", "true", "yes", "on"} if value else default


def number(name: str, default: int) -> int:
    """A whole number. Raises EnvError for anything else."""
    value = text(name, str(default))
    if not value.isdecimal():
        raise EnvError(f"{name}: isi dengan angka, bukan {value!r}")
    return int(value)


def words(name: str, default: list[str]) -> list[str]:
    """A comma-separated list."""
    value = text(name)
    return [word.strip() for word in value.split(",") if word.strip()] if value else default


def one_of(name: str, allowed: tuple[str, ...]) -> str:
    """One of these words, the first by default. Raises EnvError for anything else."""
    value = text(name, allowed[0])
    if value not in allowed:
        raise EnvError(f"{name}: pilih salah satu dari {', '.join(allowed)}, bukan {value!r}")
    return value


def read_or_make_secrets(var_dir: Path) -> dict[str, str]:
    """Keys of this installation from `var/secrets.json`, made on first use (owner-readable only).

    `secret_key` signs cookies, `link_key` personal links, `nik_key` (Fernet) encrypts NIKs, `personal_key` seals
    telephone numbers and files, `audit_key` the history. They are separate so that replacing one does not break what
    hangs on the others. A file of an older version gets what it lacks.
    """
    path = var_dir / "secrets.json"
    if (known := _read_secrets(path)).keys() >= _MAKERS.keys():
        return known
    var_dir.mkdir(parents=True, exist_ok=True)
    # Two processes may start at once: the second waits at the folder and finds what the first one made.
    folder = os.open(var_dir, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        known = _read_secrets(path)
        missing = {name: make() for name, make in _MAKERS.items() if name not in known}
        if missing:
            handle, draft = tempfile.mkstemp(dir=var_dir)
            with os.fdopen(handle, "w") as file:
                json.dump(known | missing, file)
                file.flush()
                os.fsync(file.fileno())
            Path(draft).replace(path)
    finally:
        os.close(folder)
    return known | missing


def _read_secrets(path: Path) -> dict[str, str]:
    return json.loads(path.read_text()) if path.exists() else {}


def _fernet_key() -> str:
    from cryptography.fernet import Fernet

    return Fernet.generate_key().decode()


_MAKERS = {
    "secret_key": lambda: secrets.token_urlsafe(50),
    "link_key": lambda: secrets.token_urlsafe(32),
    "nik_key": _fernet_key,
    "audit_key": lambda: secrets.token_urlsafe(32),
    "personal_key": lambda: secrets.token_urlsafe(32),
}


def database(url: str, var_dir: Path) -> dict:
    """Django's `DATABASES["default"]` for `postgres://user:password@host:port/name?option=…` or, if empty, SQLite.

    `sqlite:///path` is taken too. A socket folder goes into `?host=`. Raises EnvError for another scheme.
    """
    parts = urlsplit(url or f"sqlite:///{var_dir / 'rtportal.sqlite3'}")
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path.removeprefix("/")) or ":memory:",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # Writers queue up at BEGIN instead of failing at their first write.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # Never mmap_size: it lost committed rows in every measured run.
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA journal_size_limit=67108864;"
                ),
            },
        }
    if parts.scheme not in {"postgres", "postgresql"}:
        raise EnvError(f"DATABASE_URL: skema {parts.scheme!r} tidak dikenal; pakai postgres:// atau sqlite:///")
    options = dict(parse_qsl(parts.query))
    options["options"] = f"{SESSION} {options.get('options', '')}".rstrip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def embedded_socket(var_dir: Path) -> Path:
    """Where the embedded Valkey listens."""
    inside = var_dir / "valkey.sock"
    if len(str(inside)) <= LONGEST_SOCKET_PATH:
        return inside
    name = hashlib.sha256(str(var_dir).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"rtportal-{os.getuid()}-{name}.sock"


def api_url(name: str, default: str) -> str:
    """Where an API is, without a slash at its end. Raises EnvError unless it is https, or on this very machine."""
    url = text(name, default).rstrip("/")
    parts = urlsplit(url)
    is_here = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}
    if not (parts.hostname and (parts.scheme == "https" or is_here)):
        raise EnvError(f"{name}: pakai alamat https://")
    return url


def email(url: str) -> dict:
    """SMTP settings from `smtp://user:password@host:port` (`smtp+tls://` starts TLS, `smtps://` speaks it)."""
    if not url:
        return {"host": "", "port": 25, "user": "", "password": "", "tls": False, "ssl": False}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtp+tls", "smtps"} or not parts.hostname:
        raise EnvError("EMAIL_URL: pakai smtp://, smtp+tls:// atau smtps:// diikuti nama peladen")
    return {
        "host": parts.hostname,
        "port": parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "tls": parts.scheme == "smtp+tls",
        "ssl": parts.scheme == "smtps",
    }


VAR_DIR = Path(text("VAR_DIR", str(BASE_DIR / "var"))).resolve()
_secrets = read_or_make_secrets(VAR_DIR)

PORT = number("PORT", 8000)
DEBUG = flag("DEBUG", False)
SECRET_KEY = text("SECRET_KEY", _secrets["secret_key"])
LINK_KEY = text("LINK_KEY", _secrets["link_key"])
# The first key encrypts; every key decrypts.
NIK_KEYS = words("NIK_KEYS", [_secrets["nik_key"]])
# Likewise; `manage.py rotate_keys` brings what is kept under the first keys.
PERSONAL_KEYS = words("PERSONAL_KEYS", [_secrets["personal_key"]])
# The first key seals the history; every key verifies.
AUDIT_KEYS = words("AUDIT_KEYS", [_secrets["audit_key"]])
# Keys that were given by the environment: backups carry them, since `secrets.json` does not have them.
KEY_NAMES = ("SECRET_KEY", "LINK_KEY", "NIK_KEYS", "PERSONAL_KEYS", "AUDIT_KEYS")
KEYS_FROM_ENVIRONMENT = {name: text(name) for name in KEY_NAMES if text(name)}
BASE_URL = text("BASE_URL", f"http://localhost:{PORT}").rstrip("/")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]", urlsplit(BASE_URL).hostname or ""])
# Behind TLS the cookies are Secure, HTTP is redirected and HSTS is sent.
HTTPS = BASE_URL.startswith("https://")
# Who must prove themselves by a code or a passkey besides the password.
SECOND_FACTOR = one_of("SECOND_FACTOR", ("admins", "everyone", "off") if HTTPS else ("off", "admins", "everyone"))
# How long a sign-in lasts, and how many seconds a proof of who acts is fresh.
SESSION_HOURS = number("SESSION_HOURS", 12)
STEP_UP_SECONDS = number("STEP_UP_SECONDS", 600)
DATABASE = database(text("DATABASE_URL"), VAR_DIR)
EMBEDDED_SOCKET = embedded_socket(VAR_DIR)
REDIS_URL = text("REDIS_URL")
# Celery has a name of its own for a socket.
BROKER_URL = re.sub("^unix://", "redis+socket://", REDIS_URL or f"unix://{EMBEDDED_SOCKET}")
# Processes of web and worker on this machine; 0: as many as suit it.
WEB_PROCESSES = number("WEB_PROCESSES", 0)
WORKER_PROCESSES = number("WORKER_PROCESSES", 0)
# Where static files are collected; a relative path lies in the folder of the code, so that each release has its own.
STATIC_ROOT = (BASE_DIR / text("STATIC_ROOT", str(VAR_DIR / "static"))).resolve()
EMAIL = email(text("EMAIL_URL"))
EMAIL_FROM = text("EMAIL_FROM", "Portal RT <portal@localhost>")
# How people are told, one way after the other: folders under rtportal/messaging/channels/. What is not configured is
# passed over.
CHANNELS = words("CHANNELS", ["whatsapp", "gateway", "email" if EMAIL["host"] else "inbox", "manual", "letter"])
# Meta's Cloud API for the channel `whatsapp`: the account, what signs its webhooks, how many different people it may
# write to in 24 hours (250 for a new account, then 2,000, then 10,000), and rupiah for one message.
WHATSAPP_API_URL = api_url("WHATSAPP_API_URL", "https://graph.facebook.com/v25.0")
WHATSAPP_TOKEN = text("WHATSAPP_TOKEN")
WHATSAPP_PHONE_NUMBER_ID = text("WHATSAPP_PHONE_NUMBER_ID")
WHATSAPP_WABA_ID = text("WHATSAPP_WABA_ID")
WHATSAPP_APP_SECRET = text("WHATSAPP_APP_SECRET")
WHATSAPP_VERIFY_TOKEN = text("WHATSAPP_VERIFY_TOKEN")
WHATSAPP_PEOPLE_PER_DAY = number("WHATSAPP_PEOPLE_PER_DAY", 250)
WHATSAPP_PRICE = number("WHATSAPP_PRICE", 350)
# The provider of the channel `gateway` (rtportal/messaging/channels/gateway/description.py); the defaults are Fonnte's.
GATEWAY = {
    "url": text("GATEWAY_URL"),
    "token": text("GATEWAY_TOKEN"),
    "header": text("GATEWAY_HEADER", "Authorization: {token}"),
    "form": text("GATEWAY_FORM", "target={phone}&message={text}&countryCode=62"),
    # How its answer says that a message was taken, and where it holds an id and, otherwise, a reason.
    "success": text("GATEWAY_SUCCESS", "status=true"),
    "id": text("GATEWAY_ID", "id"),
    "reason": text("GATEWAY_REASON", "reason"),
    "label": text("GATEWAY_LABEL", "Gateway WhatsApp/SMS"),
    # Seconds between two messages, rupiah for one.
    "gap": number("GATEWAY_GAP", 5),
    "price": number("GATEWAY_PRICE", 0),
    # What its call-backs carry in the header X-Webhook-Secret, and the names of their fields.
    "secret": text("GATEWAY_SECRET"),
    "callback": text("GATEWAY_CALLBACK", "address=sender&text=message&name=name&id=inboxid&reference=id&status=status"),
}
# Where mail that came back lies: `maildir:///path` or `imaps://user:password@host/INBOX`; and what reports of it carry
# in the header X-Webhook-Secret when they are posted to the portal instead.
BOUNCES_URL = text("BOUNCES_URL")
BOUNCES_SECRET = text("BOUNCES_SECRET")
# The largest file that anybody may upload, in MB (of 1,048,576 bytes).
LARGEST_UPLOAD_MB = number("LARGEST_UPLOAD_MB", 25)
# How many days files that the portal made can be fetched.
FILE_DAYS = number("FILE_DAYS", 30)
# Where `manage.py backup` writes, for whom it encrypts (public keys of age), and how many archives are kept.
BACKUP_FOLDER = text("BACKUP_FOLDER")
BACKUP_RECIPIENTS = words("BACKUP_RECIPIENTS", [])
BACKUP_KEEP = number("BACKUP_KEEP", 14)
# `json`: one object a line, with the id of its request; `text`: lines for people.
LOG_FORMAT = one_of("LOG_FORMAT", ("text", "json"))
# Reports of faults, without anybody's data; nothing is sent while it is empty.
SENTRY_DSN = text("SENTRY_DSN")
# Where web processes keep their figures for `manage.py metrics`; the library reads the name itself.
PROMETHEUS_MULTIPROC_DIR = text("PROMETHEUS_MULTIPROC_DIR")
