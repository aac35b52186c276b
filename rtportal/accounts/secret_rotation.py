"""A new key was put in front of NIK_KEYS: secrets of second factors lie under these keys too."""

from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction

from rtportal.lib.rotation import Progress

# How every Fernet token begins; passkeys hold public keys, which are no tokens.
_TOKEN = "gAAAA"  # noqa: S105 - no secret


def rotate_second_factors(progress: Progress) -> int:
    """Rewrite secrets of authenticator apps and recovery codes that do not lie under the first key; returns how many.

    Raises `cryptography.fernet.InvalidToken` for one that none of the keys opens.
    """
    count = 0
    for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().filter(pk=pk).first()
            renewed = _renewed(row.data) if row else None
            if row and renewed != row.data:
                row.data = renewed
                row.save(update_fields=["data"])
                count += 1
        progress(count)
    return count


def _renewed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _renewed(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_renewed(each) for each in value]
    if not (isinstance(value, str) and value.startswith(_TOKEN)):
        return value
    first, *_ = keys = [Fernet(key) for key in settings.NIK_KEYS]
    try:
        first.decrypt(value.encode())
    except InvalidToken:
        return MultiFernet(keys).rotate(value.encode()).decode()
    return value
