"""`make lint`: every check that needs no running part, all of them even if one fails."""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.infra.environment import clean_environment

PYTHON = sys.executable
TOOLS = Path(PYTHON).parent
# A production's environment as `check --deploy` must find nothing wrong with.
PRODUCTION = {"BASE_URL": "https://portal.contoh.go.id", "DEBUG": "0"}


def templates() -> list[str]:
    """Every page and fragment in the repository."""
    return sorted(map(str, Path("templates").rglob("*.html")))


def checks() -> dict[str, list[str]]:
    """Command lines by the name they are reported under."""
    return {
        "ruff check": [f"{TOOLS}/ruff", "check", "--no-cache", "."],
        "ruff format": [f"{TOOLS}/ruff", "format", "--no-cache", "--check", "."],
        "djade": [f"{TOOLS}/djade", "--check", "--target-version", "5.2", *templates()],
        "import-linter": [f"{TOOLS}/lint-imports", "--no-cache", "--config", "pyproject.toml"],
        "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
        "upgrade without an outage": [PYTHON, "-m", "tests.infra.migration_lint"],
        "deployment": [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
    }


def main() -> int:
    failed = []
    with tempfile.TemporaryDirectory(prefix="rtp-lint-") as folder:
        environment = {**clean_environment(), **PRODUCTION, "VAR_DIR": folder, "PYTHONPATH": "."}
        for name, command in checks().items():
            done = subprocess.run(command, env=environment, capture_output=True, text=True)
            print(f"{'ok' if done.returncode == 0 else 'FAILED':8}{name}", flush=True)
            if done.returncode:
                failed.append(name)
                print(done.stdout + done.stderr, flush=True)
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
