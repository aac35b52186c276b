"""How a provider wants to be asked, as the settings describe it: its address, its form, and how its answer reads.

The defaults are those of Fonnte. Another provider needs other settings and no other code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from string import Formatter
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from rtportal.lib.errors import EnvError

# What a field of the form may hold, besides fixed words.
PLACEHOLDERS = {
    "phone": "6281234567890",
    "phone_plus": "+6281234567890",
    "phone_local": "081234567890",
    "text": "the message",
    "short": "the message for SMS",
    "name": "the recipient",
    "reference": "our own id of this attempt",
    "expires_unix": "the instant after which it must not be delivered, in seconds since 1970",
    "expires_minutes": "the same in minutes from now",
}
_EXPIRY = {"expires_unix", "expires_minutes"}
_LOCAL = {"localhost", "127.0.0.1", "::1"}
# A secret in an address ends up in the logs of every proxy on its way.
_SECRET_NAMES = {"token", "access_token", "api_key", "apikey", "key", "secret", "password", "passwd", "auth"}


@dataclass(frozen=True, slots=True)
class Description:
    """One provider. `header` and `header_value` carry the token; `form` are names and patterns of fields.

    `success` is the path of the answer's field that says whether a message was taken, and what it says then. The
    paths (`data.0.id`) lead into the JSON answer.
    """

    url: str
    header: str
    header_value: str
    form: tuple[tuple[str, str], ...]
    success: tuple[str, str]
    id_path: str
    reason_path: str

    def fields(self, *, phone: str, text: str, short: str, name: str, reference: str, expires_at: datetime | None, now):
        """The form of one message, as a dict of texts; what tells of an expiry is left out where there is none."""
        values: dict[str, Any] = {
            "phone": phone.removeprefix("+"),
            "phone_plus": phone,
            "phone_local": "0" + phone.removeprefix("+62") if phone.startswith("+62") else phone,
            "text": text,
            "short": short or text,
            "name": name,
            "reference": reference,
        }
        if expires_at:
            values["expires_unix"] = int(expires_at.timestamp())
            values["expires_minutes"] = max(1, int((expires_at - now).total_seconds() // 60))
        return {
            field: pattern.format_map(values)
            for field, pattern in self.form
            if expires_at or not _EXPIRY & _placeholders(pattern)
        }


def describe(options: Mapping[str, str]) -> Description:
    """The description in the settings (`url`, `token`, `header`, `form`, `success`, `id`, `reason`).

    Raises EnvError, with the setting's name, for an address without TLS or with a secret in it, and for a form or a
    rule that cannot be read.
    """
    url, token = options["url"], options["token"]
    _check_url(url, token)
    header, colon, pattern = options["header"].partition(":")
    if not (header.strip() and colon and "{token}" in pattern) or "\n" in pattern:
        raise EnvError("GATEWAY_HEADER: tulis seperti Authorization: {token}")
    if not token or not token.isprintable() or not token.isascii():
        raise EnvError("GATEWAY_TOKEN: isi token dari penyedia")
    form = tuple(parse_qsl(options["form"], keep_blank_values=True))
    asked = [_placeholders(value) for _, value in form]
    known = set().union(*asked)
    if unknown := known - set(PLACEHOLDERS):
        raise EnvError(f"GATEWAY_FORM: isian tidak dikenal: {', '.join(sorted(unknown))}")
    if not known & {"phone", "phone_plus", "phone_local"} or not known & {"text", "short"}:
        raise EnvError("GATEWAY_FORM: harus memuat {phone} dan {text}, misalnya target={phone}&message={text}")
    field, equals, value = options["success"].partition("=")
    if not (field and equals and value):
        raise EnvError("GATEWAY_SUCCESS: tulis seperti status=true")
    return Description(
        url=url,
        header=header.strip(),
        header_value=pattern.strip().replace("{token}", token),
        form=form,
        success=(field, value.casefold()),
        id_path=options["id"],
        reason_path=options["reason"],
    )


def _check_url(url: str, token: str) -> None:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise EnvError("GATEWAY_URL: alamat tidak dapat dibaca") from None
    if not host or parts.scheme not in {"http", "https"}:
        raise EnvError("GATEWAY_URL: pakai alamat https://")
    if parts.scheme == "http" and host not in _LOCAL:
        raise EnvError("GATEWAY_URL: pakai https://, supaya token dan pesan tidak terbaca di jalan")
    if parts.username or parts.password:
        raise EnvError("GATEWAY_URL: jangan menaruh nama dan kata sandi di alamat; pakai GATEWAY_TOKEN")
    names = {name.casefold() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    if names & _SECRET_NAMES or parts.fragment or (token and token in unquote(url)):
        raise EnvError("GATEWAY_URL: token tidak boleh ada di alamat; pakai GATEWAY_TOKEN")


def _placeholders(pattern: str) -> set[str]:
    """The names in braces. Raises EnvError for braces that do not pair or that ask for more than a name."""
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError:
        raise EnvError(f"GATEWAY_FORM: kurung kurawal tidak berpasangan: {pattern}") from None
    if any(spec or conversion for _, name, spec, conversion in parts if name is not None):
        raise EnvError(f"GATEWAY_FORM: hanya nama isian yang boleh di dalam kurung kurawal: {pattern}")
    return {name for _, name, _, _ in parts if name is not None}
