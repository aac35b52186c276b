"""The installation's keys inside an archive: without them a restored database opens no link and reads no NIK.

They travel in the archive because it is encrypted to keys that are not on the server; a backup that needs a second,
plain backup of its keys is one that somebody forgets.
"""

import json
import os
from pathlib import Path

from django.conf import settings

SECRETS = "secrets.json"
# What the restored server must be told by its environment, where the old one was.
TO_SET = "restored-keys.env"


def keys_now() -> dict:
    """`secrets` as they lie in VAR_DIR, and `environment`: the key variables that were set beside it."""
    path = settings.VAR_DIR / SECRETS
    return {
        "secrets": json.loads(path.read_text()) if path.exists() else {},
        "environment": settings.KEYS_FROM_ENVIRONMENT,
    }


def put_keys(told: dict) -> list[str]:
    """Put what an archive holds into VAR_DIR; returns the names of variables that the environment must be given.

    Those stand with their values in `restored-keys.env`, readable by its owner alone.
    """
    here = settings.KEYS_FROM_ENVIRONMENT
    missing = {name: value for name, value in told["environment"].items() if here.get(name) != value}
    texts = {}
    if told["secrets"]:
        texts[SECRETS] = json.dumps(told["secrets"])
    if missing:
        texts[TO_SET] = "".join(f"{name}={value}\n" for name, value in sorted(missing.items()))
    _write(settings.VAR_DIR, texts)
    # A key that is set here and was not there would win over the restored one.
    return sorted({*missing, *(here.keys() - told["environment"].keys())})


def _write(folder: Path, texts: dict[str, str]) -> None:
    """All of them or, where there is no room, none."""
    drafts = {folder / f"{name}.draft": text for name, text in texts.items()}
    try:
        for draft, text in drafts.items():
            draft.unlink(missing_ok=True)
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        for draft in drafts:
            draft.replace(draft.with_suffix(""))
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)
