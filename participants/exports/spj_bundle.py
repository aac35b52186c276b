"""Bundel SPJ: every paper of a wave in one ZIP, with a checklist and check sums, from one moment of its data."""

import hashlib
import tempfile
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from participants.exports.spj_parts import GONE, Frozen, Part, expected_files, freeze
from participants.exports.wave_paper import NothingOnPaper, WavePaper
from participants.models import Enrolment
from rtportal.accounts.models import User
from rtportal.accounts.scope import Right
from rtportal.documents.formats.pdf import typeset
from rtportal.documents.registry import register
from rtportal.lib import clock
from rtportal.lib.numbers import thousands

CHECKLIST, SUMS = "00-daftar-isi.pdf", "SHA256SUMS"
NOBODY = "Gelombang ini belum mempunyai peserta, jadi belum ada yang dipertanggungjawabkan."


@register
class SpjBundle(WavePaper):
    """A paper with nothing to show is named in the checklist with the reason; it does not stop the bundle."""

    identifier = "spj"
    label = "Bundel SPJ"
    right = Right.EXPORT
    formats = ("zip",)
    unit = "berkas"
    template = "spj_checklist"
    # Its parts are read by `freeze`; there is no data of its own that a preview or another bundle could show.
    data = None

    def __init__(self, user: User, params: Mapping[str, object]):
        super().__init__(user, params)
        self._state = ""

    def count(self) -> int:
        return expected_files(self.wave) if Enrolment.objects.filter(wave=self.wave).exists() else 0

    def fingerprint(self) -> str:
        return self._state

    def write(self, target: Path, *, now: datetime, tell: Callable[[int], None]) -> None:
        if not Enrolment.objects.filter(wave=self.wave).exists():
            raise NothingOnPaper(NOBODY)
        frozen = freeze(self.wave.pk, self.user, now=now)
        self._state = frozen.state
        with tempfile.TemporaryDirectory(dir=target.parent) as room, ZipFile(target, "w", ZIP_STORED) as bundle:
            box = _Box(bundle, clock.local_date(now, self.wave.zone))
            lines = [
                self._pack(number, part, Path(room), box, tell) for number, part in enumerate(frozen.parts, start=1)
            ]
            checklist = Path(room) / "daftar-isi.pdf"
            typeset(self.template, self._checklist(lines, frozen, now), checklist, look=lambda: tell(box.count))
            box.put(CHECKLIST, checklist)
            bundle.writestr(
                box.entry(SUMS), "".join(f"{digest}  {name}\n" for name, digest in sorted(box.sums.items()))
            )
        tell(box.count)

    def _pack(self, number: int, part: Part, room: Path, box: "_Box", tell: Callable[[int], None]) -> dict:
        """Lays a part out and puts it into the bundle; returns its line of the checklist."""
        names = []
        if part.lay_out:
            with tempfile.TemporaryDirectory(dir=room) as folder:
                for name, file in part.lay_out(Path(folder), lambda done: tell(box.count + done)):
                    place = f"{part.folder}/{name}" if part.folder else f"{number:02d}-{name}"
                    box.put(place, file)
                    names.append(place)
                    tell(box.count)
        told = names[0] if len(names) == 1 else f"{part.folder}/ ({thousands(len(names))} berkas)"
        missing = part.missing or ("" if names else GONE)
        return {"label": part.label, "file": "" if missing else told, "missing": missing}

    def _checklist(self, lines: list[dict], frozen: Frozen, now: datetime) -> dict:
        there = sum(not line["missing"] for line in lines)
        return self.frame(now) | {
            "heading": "DAFTAR ISI BUNDEL SPJ",
            "facts": self.facts(),
            "lines": lines,
            "summary": f"{thousands(there)} dari {thousands(len(lines))} bagian ada pada bundel ini.",
            "state": frozen.state,
            "sums": SUMS,
        }


class _Box:
    """The ZIP while it is filled: check sums by name."""

    def __init__(self, bundle: ZipFile, day):
        self.sums: dict[str, str] = {}
        self._bundle = bundle
        self._day = (day.year, day.month, day.day, 0, 0, 0)

    @property
    def count(self) -> int:
        return len(self.sums)

    def entry(self, name: str) -> ZipInfo:
        return ZipInfo(name, self._day)

    def put(self, name: str, file: Path) -> None:
        content = file.read_bytes()
        self.sums[name] = hashlib.sha256(content).hexdigest()
        self._bundle.writestr(self.entry(name), content)
        # Certificates of a thousand people do not lie twice on the machine.
        file.unlink()
