"""How django-allauth behaves here."""

import logging
import math
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.core.internal.httpkit import clean_client_ip
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from rtportal.accounts.models import User
from rtportal.lib import clock
from rtportal.trust.account_mail import mail_owner
from rtportal.trust.device_sessions import NO_ADDRESS
from rtportal.trust.sign_in_notes import note_lockout
from rtportal.web.throttle import client_address

logger = logging.getLogger("rtportal.trust")

_FAILURES = {"app": "allauth.account", "action": "login_failed"}
# Of django-allauth's mails to owners; the others are about what a closed portal does not have.
_CHANGES = {
    "account/email/password_changed": "kata sandi diganti",
    "account/email/password_set": "kata sandi dibuat",
    "account/email/password_reset": "kata sandi diganti lewat tautan Lupa kata sandi",
    "mfa/email/totp_activated": "aplikasi kode dipasang sebagai pengaman kedua",
    "mfa/email/totp_deactivated": "aplikasi kode dihapus dari pengaman kedua",
    "mfa/email/webauthn_added": "kunci sandi (passkey) dipasang sebagai pengaman kedua",
    "mfa/email/webauthn_removed": "kunci sandi (passkey) dihapus dari pengaman kedua",
    "mfa/email/recovery_codes_generated": "kode cadangan yang baru dibuat; yang lama tidak berlaku lagi",
}


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Officials get their account from an admin; nobody signs up alone."""

    # Where django-allauth's Indonesian is stiff or misspelt.
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Alamat e-mail atau kata sandi tidak cocok.",
        "enter_current_password": "Tulis kata sandi Anda yang sekarang.",
        "incorrect_password": "Kata sandi tidak cocok.",
        "too_many_login_attempts": "Terlalu banyak percobaan. Tunggu 5 menit, lalu coba lagi.",
        "rate_limited": "Terlalu banyak percobaan. Tunggu 5 menit, lalu coba lagi.",
        "invalid_login": "Alamat e-mail atau kata sandi tidak cocok.",
    }

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """A mail server that does not answer breaks no page: what follows says whom to ask if nothing arrives."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:
            logger.exception("mail %s was not sent", template_prefix)

    def send_notification_mail(self, template_prefix: str, user: User, context: Any = None, email: Any = None) -> None:
        """What django-allauth tells of the owner's account, in our words and after the commit."""
        if what := _CHANGES.get(template_prefix):
            mail_owner(user, what, at=clock.now(), address=self.get_client_ip(self.request))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """django-allauth's pages for second factors stand behind our own `fresh_proof_required`."""
        return not getattr(self.request, "has_fresh_proof", False)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where a request comes from, as every throttle of the portal sees it."""
        return clean_client_ip(client_address(request)) or NO_ADDRESS

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Whose guesses are counted together. django-allauth adds the host that the request names, with its port: who
        guesses would have five tries under each.
        """
        return credentials.get("email", "").lower()

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuses, with how long to wait, whoever guessed too often for one account or from one address."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            account = self._get_login_attempts_cache_key(request, **credentials)
            raise self._locked("percobaan masuk", credentials.get("email", ""), account) from error

    def too_many_codes(self, user: User) -> ValidationError:
        """What somebody reads who guessed too often at the codes or passkeys of `user`: how long to wait."""
        # As `allauth.mfa.base.internal.flows.check_rate_limit` names who is counted.
        return self._locked("kode yang salah", user.email, f"mfa-auth-user-{user.pk}")

    def _locked(self, what: str, email: str, account: str) -> ValidationError:
        seconds = self._seconds_to_wait(account)
        note_lockout(self.request, email, seconds)
        minutes = max(1, math.ceil(seconds / 60))
        return ValidationError(
            f"Terlalu banyak {what}. Coba lagi dalam {minutes} menit.", code="too_many_login_attempts"
        )

    def _seconds_to_wait(self, account: str) -> float:
        """Until the oldest try that still counts falls out of each limit that is reached."""
        now, longest = time.time(), 0.0
        for rate in ratelimit.get_rates(**_FAILURES):
            key = ratelimit.get_cache_key(self.request, **_FAILURES, rate=rate, key=account)
            tries = [at for at in cache.get(key, []) if at > now - rate.duration]
            if len(tries) >= rate.amount:
                longest = max(longest, tries[-1] + rate.duration - now)
        return longest
