"""Lines of the audit about signing in. Never a password, and never an unknown e-mail address in full."""

from django.http import HttpRequest

from rtportal.accounts.models import User
from rtportal.accounts.scope import scope_of
from rtportal.audit.record import record
from rtportal.lib import clock
from rtportal.web.throttle import is_too_often

NOBODY = "Belum masuk"


def note(action: str, sentence: str, user: User, *, is_actor: bool = True) -> None:
    """One line about an official's account; `is_actor=False` where somebody only claims to be them."""
    record(
        at=clock.now(),
        actor=user if is_actor else None,
        actor_label="" if is_actor else NOBODY,
        action=action,
        sentence=sentence,
        region_code=next(iter(scope_of(user).areas), ""),
        subject=f"user:{user.pk}",
    )


def note_failure(email: str, action: str = "sign_in.failed", what: str = "Gagal masuk") -> None:
    """Somebody did not prove to be the owner of `email`, which need not belong to anybody."""
    user = User.objects.filter(email=email.strip().lower()).first()
    if user:
        note(action, f"{what} ke akun {user}.", user, is_actor=False)
        return
    record(
        at=clock.now(),
        actor=None,
        actor_label=NOBODY,
        action=action,
        sentence=f"{what} dengan alamat {_masked(email)} yang tidak terdaftar.",
        region_code="",
        subject="user:0",
    )


def note_lockout(request: HttpRequest, email: str, seconds: float) -> None:
    """Somebody guessed too often; one line for each lockout, however often they go on."""
    if not is_too_often(f"lockout:{email.lower()}", most=1, seconds=max(60, int(seconds))):
        note_failure(email, "sign_in.locked", "Dikunci sementara karena terlalu banyak percobaan masuk")


def _masked(email: str) -> str:
    """ "orang@lain.test" -> "o…@l…"."""
    name, _, domain = email.strip().partition("@")
    return f"{name[:1]}…@{domain[:1]}…"
