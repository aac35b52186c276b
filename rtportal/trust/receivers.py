"""What happens by itself when somebody signs in or out or changes how they do: the one place that listens to signals.

django-allauth and Django offer no other way to follow them.
"""

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as auth_signals
from django.dispatch import receiver

from rtportal.accounts.second_factor import FACTORS, has_another_factor
from rtportal.lib import clock
from rtportal.trust.device_sessions import end_sessions, stamp_seen
from rtportal.trust.sign_in_notes import note, note_failure
from rtportal.web.step_up import stamp_proof

FACTOR_WORDS = {
    Authenticator.Type.TOTP: "aplikasi kode",
    Authenticator.Type.WEBAUTHN: "kunci sandi",
    Authenticator.Type.RECOVERY_CODES: "kode cadangan",
}


@receiver(auth_signals.user_logged_in, dispatch_uid="trust.proof_by_sign_in")
def prove_by_signing_in(sender, request, user, **kwargs) -> None:
    """A sign-in is a fresh proof, and a use of its device."""
    now = clock.now()
    stamp_proof(request, now)
    stamp_seen(request, now)


@receiver(account_signals.user_logged_in, dispatch_uid="trust.signed_in")
def signed_in(sender, request, user, **kwargs) -> None:
    note("sign_in.done", f"{user} masuk.", user)


@receiver(auth_signals.user_logged_out, dispatch_uid="trust.signed_out")
def signed_out(sender, request, user, **kwargs) -> None:
    if user is not None:
        note("sign_out.done", f"{user} keluar.", user)


@receiver(auth_signals.user_login_failed, dispatch_uid="trust.sign_in_failed")
def sign_in_failed(sender, credentials, request=None, **kwargs) -> None:
    note_failure(str(credentials.get("email", "")))


@receiver(mfa_signals.authentication_failed, dispatch_uid="trust.code_failed")
def code_failed(sender, user, **kwargs) -> None:
    note("sign_in.code_failed", f"Kode pengaman yang salah untuk akun {user}.", user, is_actor=False)


@receiver(mfa_signals.authenticator_added, dispatch_uid="trust.factor_added")
def factor_added(sender, request, user, authenticator, **kwargs) -> None:
    """With the first one, sessions that came in with the password alone end everywhere else."""
    if authenticator.type in FACTORS and not has_another_factor(authenticator):
        end_sessions(user, keep=request.session.session_key or "")
    note("factor.added", f"{user} memasang {FACTOR_WORDS[authenticator.type]}.", user)


@receiver(mfa_signals.authenticator_removed, dispatch_uid="trust.factor_removed")
def factor_removed(sender, user, authenticator, **kwargs) -> None:
    note("factor.removed", f"{user} menghapus {FACTOR_WORDS[authenticator.type]}.", user)


@receiver(mfa_signals.authenticator_reset, dispatch_uid="trust.factor_reset")
def factor_reset(sender, user, authenticator, **kwargs) -> None:
    note("factor.reset", f"{user} membuat {FACTOR_WORDS[authenticator.type]} yang baru.", user)


@receiver(account_signals.password_changed, dispatch_uid="trust.password_changed")
@receiver(account_signals.password_set, dispatch_uid="trust.password_set")
@receiver(account_signals.password_reset, dispatch_uid="trust.password_reset")
def password_changed(sender, request, user, **kwargs) -> None:
    """Whoever knew the old password is signed out everywhere else."""
    end_sessions(user, keep=request.session.session_key or "")
    note("password.changed", f"{user} mengganti kata sandi.", user)
