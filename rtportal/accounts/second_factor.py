"""How django-allauth keeps and names second factors here, and who needs one."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

from rtportal.accounts.models import Assignment, User
from rtportal.accounts.scope import scope_of

ADMINS, EVERYONE = "admins", "everyone"
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SealedMFAAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps and recovery codes lie encrypted in the database, under the keys of the NIKs."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Kode atau kunci tidak cocok. Coba lagi, dengan kode yang sekarang tampil di aplikasi.",
        "cannot_delete_authenticator": "Pengaman ini tidak dapat dihapus: akun Anda wajib memakai pengaman kedua.",
        "cannot_generate_recovery_codes": "Kode cadangan baru ada setelah aplikasi kode atau kunci sandi dipasang.",
    }

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises `cryptography.fernet.InvalidToken` where no key of this installation opens it."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        """What a new passkey is called until its owner names it: "Kunci sandi 2"."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"Kunci sandi {count + 1}"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whoever must have a second factor keeps the last one; another may be put up first."""
        return not needs_second_factor(authenticator.user) or has_another_factor(authenticator)


def _box() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.NIK_KEYS])


def needs_second_factor(user: User) -> bool:
    """Whether this installation asks a second factor of this official; uses the scope, no query of its own."""
    if settings.SECOND_FACTOR == EVERYONE:
        return True
    return settings.SECOND_FACTOR == ADMINS and any(
        role == Assignment.Role.ADMIN for role, _ in scope_of(user).assignments
    )


def has_another_factor(authenticator: Authenticator) -> bool:
    """Whether its owner has an authenticator app or a passkey besides this one; one query."""
    others = Authenticator.objects.filter(user=authenticator.user_id, type__in=FACTORS)
    return others.exclude(pk=authenticator.pk).exists()


def has_second_factor(user: User) -> bool:
    """Whether an authenticator app or a passkey is set up; one query."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()
