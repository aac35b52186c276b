"""A new key was put in front of NIK_KEYS: secrets of second factors lie under these keys too."""

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction

from rtportal.lib.rotation import Progress

# Where secrets lie, by kind: a text or a list of them. Passkeys hold none: a public key, and a name that people type.
_SECRETS = {
    Authenticator.Type.TOTP: ("secret",),
    Authenticator.Type.RECOVERY_CODES: ("seed", "migrated_codes"),
}


def rotate_second_factors(progress: Progress) -> int:
    """Rewrite secrets of authenticator apps and recovery codes that do not lie under the first key; returns how many.

    Raises `cryptography.fernet.InvalidToken` for one that none of the keys opens.
    """
    count = 0
    for pk in Authenticator.objects.filter(type__in=_SECRETS).order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().filter(pk=pk).first()
            renewed = _renewed(row) if row else None
            if row and renewed != row.data:
                row.data = renewed
                row.save(update_fields=["data"])
                count += 1
        progress(count)
    return count


def _renewed(row: Authenticator) -> dict:
    data = dict(row.data)
    for name in _SECRETS[row.type]:
        if kept := data.get(name):
            data[name] = [_sealed_anew(each) for each in kept] if isinstance(kept, list) else _sealed_anew(kept)
    return data


def _sealed_anew(token: str) -> str:
    first, *_ = keys = [Fernet(key) for key in settings.NIK_KEYS]
    try:
        first.decrypt(token.encode())
    except InvalidToken:
        return MultiFernet(keys).rotate(token.encode()).decode()
    return token
