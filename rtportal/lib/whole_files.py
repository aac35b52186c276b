"""Small files that are either as before or wholly new, whatever dies meanwhile."""

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Put `text` at `path`, readable by this account alone. Raises OSError; then what stood there stays."""
    # A name of its own: two processes may write at once, and the later one holds.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.", suffix=".draft")
    draft = Path(name)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
