"""The keys that a server's settings lack: `VAR_DIR=EMPTY-FOLDER python -m rtportal.launch.secret_lines FILE`.

Prints lines to be added to the file, so that a release that needs a new key gets it once, in the one place that all
machines of a portal copy. What the file holds already is never made anew.
"""

import sys
from collections.abc import Container
from pathlib import Path

from rtportal import env
from rtportal.launch.environment_file import read


def setting_of(secret: str) -> str:
    """The variable that takes a key of `secrets.json`: `link_key` is LINK_KEY, of `nik_key` there may be several."""
    name = secret.upper()
    return name if hasattr(env, name) else f"{name}S"


def secret_lines(present: Container[str]) -> list[str]:
    """`NAME='value'` with fresh values for every key whose variable is not among those `present`."""
    made = env.read_or_make_secrets(env.VAR_DIR)
    return [f"{setting_of(name)}='{value}'" for name, value in made.items() if setting_of(name) not in present]


if __name__ == "__main__":
    for line in secret_lines(read(Path(sys.argv[1]))):
        print(line)
