"""PDF by typst: a template of `templates/print/` and its data, laid out in a process of its own.

Tagged (PDF/UA), with typst's own fonts embedded, so every machine makes the same pages; nothing is fetched. A name is
data to the template, never markup.
"""

import json
import logging
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

from django.conf import settings

logger = logging.getLogger("rtportal.documents")

TEMPLATES = settings.BASE_DIR / "templates" / "print"
_TYPESETTER = Path(__file__).with_name("typesetter.py")
# Of processor time. A thousand letters take a few seconds.
_MOST_SECONDS = 300
_MOST_SECONDS_EACH = 2
_BETWEEN_LOOKS = 0.5


class TypesettingFailed(RuntimeError):
    """The template and the data do not go together, or the machine had no memory for it; the log says more."""


def typeset(template: str, data: object, target: Path, *, look: Callable[[], None]) -> None:
    """Write `templates/print/<template>.typ` with `data` (anything JSON holds) as a PDF to `target`.

    Calls `look` about twice a second; what it raises ends the work. Raises TypesettingFailed.
    """
    _run({"template": template, "data": _printable(data), "target": str(target)}, target.parent, look, _MOST_SECONDS)


def typeset_each(
    template: str, data: object, items: Sequence[object], folder: Path, *, look: Callable[[int], None]
) -> list[Path]:
    """Write a PDF for each of the items (anything JSON holds) into the empty `folder`; returns them in order.

    The template reads what all share from `sys.inputs.data` and the own from `sys.inputs.item`. One process lays out
    all of them: starting one and reading the template takes longer than most pages. Calls `look` about twice a second
    with how many are done; what it raises ends the work. Raises TypesettingFailed.
    """
    job = {"template": template, "data": _printable(data), "items": _printable(items), "folder": str(folder)}
    files = [folder / f"{number}.pdf" for number in range(len(items))]
    done = 0

    def count() -> None:
        nonlocal done
        # The one that comes next is there when this one is whole.
        while done + 1 < len(files) and files[done + 1].exists():
            done += 1
        look(done)

    _run(job, folder, count, max(_MOST_SECONDS, len(items) * _MOST_SECONDS_EACH))
    return files


def _run(job: dict, folder: Path, look: Callable[[], None], seconds: int) -> None:
    job |= {"root": str(TEMPLATES), "seconds": seconds}
    # Beside what is written, so that all of it is cleaned up together.
    with tempfile.TemporaryFile(dir=folder) as order, tempfile.TemporaryFile(dir=folder) as complaint:
        order.write(json.dumps(job).encode())
        order.seek(0)
        process = subprocess.Popen(  # noqa: S603 - our own script, under our own interpreter
            [sys.executable, "-I", str(_TYPESETTER)],
            stdin=order,
            stdout=subprocess.DEVNULL,
            stderr=complaint,
            # Nothing of the portal's secrets is needed.
            env={},
        )
        try:
            _wait(process, look)
        finally:
            process.kill()
            process.wait()
        if process.returncode:
            complaint.seek(0)
            logger.error("typst left with %s: %s", process.returncode, complaint.read(2_000).decode(errors="replace"))
            raise TypesettingFailed(job["template"])


def _wait(process: subprocess.Popen, look: Callable[[], None]) -> None:
    while True:
        try:
            process.wait(_BETWEEN_LOOKS)
        except subprocess.TimeoutExpired:
            look()
        else:
            return


def _printable(data: object) -> object:
    """The data without signs that no page shows: control characters, marks that turn the direction of writing."""
    if isinstance(data, str):
        return "".join(sign for sign in data if unicodedata.category(sign) not in _UNPRINTABLE or sign == "\n")
    if isinstance(data, dict):
        return {key: _printable(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_printable(value) for value in data]
    return data


_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
