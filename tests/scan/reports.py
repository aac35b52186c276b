"""What wapiti and sqlmap write, read as one list of findings."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.scan.accepted import reason_for

# As wapiti counts them.
INFO, LOW, MEDIUM, HIGH, CRITICAL = range(5)
LEVELS = ("info", "low", "medium", "high", "critical")


@dataclass(frozen=True)
class Finding:
    """One thing a scanner reports; `accepted` is the reason for which it is meant to be so."""

    scanner: str
    actor: str
    kind: str
    level: str
    path: str
    parameter: str
    words: str
    accepted: str = ""

    @property
    def counts(self) -> bool:
        """Medium or higher, and not accepted."""
        return LEVELS.index(self.level) >= MEDIUM and not self.accepted


def read_wapiti(report: Path, actor: str) -> list[Finding]:
    """Vulnerabilities and anomalies of a JSON report; none if there is no report."""
    if not report.exists():
        return []
    told = json.loads(report.read_text())
    found = []
    for part in ("vulnerabilities", "anomalies"):
        for kind, ones in told.get(part, {}).items():
            for one in ones:
                path = urlsplit(one.get("path", "")).path
                level = LEVELS[min(int(one.get("level", HIGH)), CRITICAL)]
                words = one.get("info", "")
                parameter = one.get("parameter") or ""
                found.append(Finding("wapiti", actor, kind, level, path, parameter, words, reason_for(kind, path)))
    return found


def read_sqlmap(folder: Path, actor: str) -> list[Finding]:
    """What is injectable, from the tables of results that sqlmap leaves in its folder."""
    found = []
    for table in folder.glob("results-*.csv"):
        with table.open(newline="") as handle:
            for row in csv.DictReader(handle):
                if technique := row.get("Technique(s)"):
                    path = urlsplit(row.get("Target URL", "")).path
                    words = f"{row.get('Place', '')} {technique}"
                    found.append(
                        Finding("sqlmap", actor, "SQL injection", "critical", path, row.get("Parameter", ""), words)
                    )
    return found
