"""Opens files in a spreadsheet program (LibreOffice, without a screen) and reads what it shows."""

import csv
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

NAMES = ("soffice", "libreoffice")
# CSV of every sheet, UTF-8, `;` between cells, every cell in quotes and as it is shown on the screen.
_EVERY_SHEET = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,true,true,true,false,false,-1"
# How a CSV file is to be read that Excel in Indonesia reads: `;`, UTF-8, quoted cells are text.
_READ_CSV = "Text - txt - csv (StarCalc):59,34,76,1,,0,true,false"
_SECONDS = 120
# Said of the machine, not of the file.
_NO_JAVA = "javaldx"


def find_spreadsheet_program() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def shown_in_spreadsheet(file: Path) -> dict[str, list[list[str]]]:
    """Each sheet's name (a CSV file's own for its only one) with its rows as the program shows them.

    Raises AssertionError where the program cannot open the file or has something to say about it.
    """
    with TemporaryDirectory(prefix="rtp-office-") as folder:
        target = Path(folder) / "shown"
        options = [f"--infilter={_READ_CSV}"] if file.suffix == ".csv" else []
        done = subprocess.run(
            [
                find_spreadsheet_program(),
                # A profile of its own: a second one that runs at the same time would be refused.
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                *options,
                "--convert-to",
                _EVERY_SHEET,
                "--outdir",
                str(target),
                str(file),
            ],
            capture_output=True,
            text=True,
            timeout=_SECONDS,
        )
        written = sorted(target.glob("*.csv"))
        said = [line for line in done.stderr.lower().splitlines() if _NO_JAVA not in line]
        complaints = [line for line in said if "warn" in line or "error" in line]
        assert written and not done.returncode and not complaints, f"{done.stdout}\n{done.stderr}"
        return {path.stem.removeprefix(f"{file.stem}-"): _rows(path) for path in written}


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle, delimiter=";"))
