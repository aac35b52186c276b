"""Small files that are either as before or wholly new, whatever dies meanwhile."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Put `text` at `path`, readable by this account alone. Raises OSError; then what stood there stays."""
    write_each_whole({path: text})


def write_each_whole(texts: Mapping[Path, str]) -> None:
    """The same for several files: where there is no room for all of them, none is changed. Raises OSError."""
    drafts: dict[Path, Path] = {}
    try:
        for path, text in texts.items():
            # A name of its own: two processes may write at once, and the later one holds.
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.", suffix=".draft")
            drafts[path] = Path(name)
            with os.fdopen(handle, "w") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        for path, draft in drafts.items():
            draft.replace(path)
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
