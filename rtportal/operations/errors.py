"""What stops a backup or a restore."""

from rtportal.lib.errors import InputError


class BackupError(InputError):
    """A backup could not be made; `.sentence` says why and what to do."""


class RestoreError(InputError):
    """An archive was refused; nothing was written, or what was written is gone again."""
