"""The installation's keys inside an archive: without them a restored database opens no link and reads no NIK.

They travel in the archive because it is encrypted to keys that are not on the server; a backup that needs a second,
plain backup of its keys is one that somebody forgets.
"""

import json

from django.conf import settings

from rtportal.lib.whole_files import write_each_whole

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

    Those stand with their values in `restored-keys.env`, readable by its owner alone. Raises OSError; then neither file
    is there, nor changed.
    """
    here = settings.KEYS_FROM_ENVIRONMENT
    missing = {name: value for name, value in told["environment"].items() if here.get(name) != value}
    texts = {}
    if told["secrets"]:
        texts[settings.VAR_DIR / SECRETS] = json.dumps(told["secrets"])
    if missing:
        texts[settings.VAR_DIR / TO_SET] = "".join(f"{name}={value}\n" for name, value in sorted(missing.items()))
    write_each_whole(texts)
    # A key that is set here and was not there would win over the restored one.
    return sorted({*missing, *(here.keys() - told["environment"].keys())})
