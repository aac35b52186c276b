"""HTTP with Meta's Graph API: one kept connection, its timeouts, and what is certain when it fails."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import requests
from requests.auth import AuthBase
from requests.exceptions import ConnectionError as Unconnected
from requests.exceptions import ConnectTimeout, ProxyError
from urllib3.exceptions import NewConnectionError
from urllib3.exceptions import SSLError as UnsafeConnection

# Seconds to connect, and between two bytes of the answer. Together well below the lease of a message.
TIMEOUT = (5.0, 20.0)
LONGEST_WAIT = timedelta(days=1)


class NotSent(Exception):
    """No connection came about, so the request certainly did not arrive."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the API answered; `body` is {} if that was no JSON object."""

    status: int
    body: dict[str, Any]
    retry_after: timedelta | None = None

    @property
    def is_ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def error(self) -> dict[str, Any]:
        """The API's own error, {} if it gave none."""
        error = self.body.get("error")
        return error if isinstance(error, dict) else {}

    @property
    def code(self) -> int | None:
        code = self.error.get("code")
        return code if isinstance(code, int) else None


class GraphClient:
    """Talks to one account. `api_url` is `https://host/version`; a stub's address in tests."""

    def __init__(self, *, api_url: str, token: str, timeout: tuple[float, float] = TIMEOUT):
        self._url = api_url.rstrip("/")
        self._timeout = timeout
        self._session = requests.Session()
        # As `auth` it wins over a .netrc of the machine, and it never stands in an address.
        self._session.auth = _Bearer(token)

    def post(self, path: str, body: dict[str, Any]) -> Answer:
        """POST JSON to `<api_url>/<path>`.

        Raises NotSent if nothing was sent. Whatever else is raised (a timeout, a connection cut) leaves open whether
        the request arrived.
        """
        return self._ask("POST", path, json=body)

    def get(self, path: str, query: dict[str, str]) -> Answer:
        """GET `<api_url>/<path>`; raises as `post` does."""
        return self._ask("GET", path, params=query)

    def close(self) -> None:
        self._session.close()

    def _ask(self, method: str, path: str, **what: Any) -> Answer:
        try:
            response = self._session.request(
                method, f"{self._url}/{path}", timeout=self._timeout, allow_redirects=False, **what
            )
        except (ConnectTimeout, ProxyError, ValueError) as error:
            # A ValueError is an address or a token that no request can be made of.
            raise NotSent(str(error)) from error
        except Unconnected as error:
            if _never_connected(error):
                raise NotSent(str(error)) from error
            raise
        return Answer(response.status_code, _object_in(response), _wait_asked(response.headers.get("Retry-After", "")))


class _Bearer(AuthBase):
    def __init__(self, token: str):
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _never_connected(error: Unconnected) -> bool:
    """Whether it failed before there was a connection: no such host, refused, a certificate that is not theirs."""
    cause = error.args[0] if error.args else None
    reason = getattr(cause, "reason", cause)
    if isinstance(reason, UnsafeConnection):
        # Others of its kind may come after the request was sent.
        return any(isinstance(each, ssl.SSLCertVerificationError) for each in reason.args)
    return isinstance(reason, NewConnectionError)


def _object_in(response: requests.Response) -> dict[str, Any]:
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _wait_asked(header: str) -> timedelta | None:
    """What Retry-After asks for, in seconds or as a date; None if it says nothing."""
    if header.strip().isdecimal() and len(header) < 10:
        return min(timedelta(seconds=int(header)), LONGEST_WAIT)
    try:
        at = parsedate_to_datetime(header)
    except ValueError:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return min(max(at - datetime.now(UTC), timedelta(0)), LONGEST_WAIT)
