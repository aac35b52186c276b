"""How django-allauth behaves here."""

import logging

from allauth.account.adapter import DefaultAccountAdapter

logger = logging.getLogger("rtportal.accounts")


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Officials get their account from an admin; nobody signs up alone."""

    # Where django-allauth's Indonesian is stiff or misspelt.
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Alamat e-mail atau kata sandi tidak cocok.",
        "enter_current_password": "Tulis kata sandi Anda yang sekarang.",
        "incorrect_password": "Kata sandi tidak cocok.",
        "too_many_login_attempts": "Terlalu banyak percobaan masuk. Tunggu beberapa menit, lalu coba lagi.",
        "invalid_login": "Alamat e-mail atau kata sandi tidak cocok.",
    }

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """A mail server that does not answer breaks no page: what follows says whom to ask if nothing arrives."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:
            logger.exception("mail %s was not sent", template_prefix)

    def is_open_for_signup(self, request) -> bool:
        return False
