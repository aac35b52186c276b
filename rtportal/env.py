"""The only reader of the process environment: names, defaults and their meaning in one place.

Everything here is evaluated once, at import. `rtportal/settings.py` turns it into Django settings.
"""

import hashlib
import json
import os
import secrets
import tempfile
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from rtportal.lib.errors import EnvError

BASE_DIR = Path(__file__).resolve().parent.parent

# A unix socket's path may have 107 bytes; a longer VAR_DIR gets its socket in the temporary folder.
LONGEST_SOCKET_PATH = 100


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


def read_or_make_secrets(var_dir: Path) -> dict[str, str]:
    """Keys of this installation from `var/secrets.json`, made on first use (owner-readable only).

    `secret_key` signs cookies, `link_key` personal links, `nik_key` (Fernet) encrypts NIKs. They are separate so
    that replacing one does not break what hangs on the others.
    """
    path = var_dir / "secrets.json"
    if path.exists():
        return json.loads(path.read_text())
    var_dir.mkdir(parents=True, exist_ok=True)
    fresh = {
        "secret_key": secrets.token_urlsafe(50),
        "link_key": secrets.token_urlsafe(32),
        "nik_key": _fernet_key(),
    }
    # Two processes may start at once: each writes its own file, the first link wins, both read the winner.
    handle, draft = tempfile.mkstemp(dir=var_dir)
    with os.fdopen(handle, "w") as file:
        json.dump(fresh, file)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()
    return json.loads(path.read_text())


def _fernet_key() -> str:
    from cryptography.fernet import Fernet

    return Fernet.generate_key().decode()


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
    # Compiling a query costs more than any of ours takes: counting 30,000 heads 2.9 s instead of 0.8 s.
    options = {"options": "-c jit=off"} | dict(parse_qsl(parts.query))
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
BASE_URL = text("BASE_URL", f"http://localhost:{PORT}").rstrip("/")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]", urlsplit(BASE_URL).hostname or ""])
# Behind TLS the cookies are Secure, HTTP is redirected and HSTS is sent.
HTTPS = BASE_URL.startswith("https://")
DATABASE = database(text("DATABASE_URL"), VAR_DIR)
EMBEDDED_SOCKET = embedded_socket(VAR_DIR)
REDIS_URL = text("REDIS_URL")
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
