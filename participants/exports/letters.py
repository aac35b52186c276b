"""Letters of a wave to print: for each kelurahan/desa a cover with a list to tick, then a sheet for each person."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from django.http import Http404
from django.utils.text import slugify

from participants.letters import INVITATION_PAPER, bundle_of, code_address, frame_of_letters, sample_letter, sheets_of
from participants.paper_words import register_paper
from participants.queries.letters import letters_in, wave_with_letters
from rtportal.accounts.models import User
from rtportal.accounts.scope import Right, scope_of
from rtportal.audit.record import record
from rtportal.documents.formats.pdf import typeset
from rtportal.documents.registry import Paper, register
from rtportal.lib.clean_text import storable
from rtportal.lib.errors import InputError
from rtportal.lib.numbers import thousands
from rtportal.messaging.kinds import Content, Unfit, render
from rtportal.messaging.models import Message
from rtportal.messaging.use_cases.mark_printed import mark_printed
from rtportal.regions.codes import is_within
from rtportal.regions.models import Region

# A sheet takes a megabyte while it is laid out.
MOST_LETTERS = 2_000
_LATE = Unfit(Message.State.EXPIRED, "Terlambat: acaranya sudah dimulai.")
_AT_ONCE = 200
_NAMED = 5

register_paper(
    INVITATION_PAPER,
    label="Surat undangan",
    words={
        "nama": "nama penerima",
        "gelombang": "nama gelombang",
        "pendamping": "permintaan membawa pendamping, bila wajib",
    }
    | {"rincian": "tabel hari, waktu, tempat, dan acara"},
    examples={
        "nama": "H. Ahmad Fauzi, S.Pd.",
        "gelombang": "Gelombang 1",
        "pendamping": "Setiap ketua RT diminta membawa satu orang pendamping.",
        "rincian": "{rincian}",
    },
    required=("rincian",),
    about="enrolment",
    sample=sample_letter,
)


class NothingToPrint(InputError):
    """There is no letter of the kind that was asked for."""


@register
class Letters(Paper):
    """Letters still to print in a region, or, `again`, those that are on paper but not handed out."""

    identifier = "surat"
    label = "Surat"
    about = "letters"
    right = Right.ANSWER_FOR
    unit = "surat"

    def __init__(self, user: User, params: Mapping[str, object]):
        self.user = user
        self.wave = wave_with_letters(user, params.get("wave"))
        area = Region.objects.filter(pk=storable(str(params.get("area", "")))[:13]).first()
        if area is None or not any(is_within(area.code, own) for own in scope_of(user).areas):
            raise Http404("no such region")
        self.is_reprint = str(params.get("again", "")) == "1"
        self.params = {"wave": self.wave.pk, "area": area.code, "again": "1" if self.is_reprint else ""}
        self.region_code = area.code
        self.subject = self.wave.group
        self.title = f"Surat {area.full_name}, {self.wave.title}, {self.wave.program.name}" + (
            " (cetak ulang)" if self.is_reprint else ""
        )
        name = f"surat {area.name} {self.wave.title} {self.wave.program.name}"
        self.filename = slugify(name + (" ulang" if self.is_reprint else ""))[:120]
        tasks = letters_in(self.wave, [area.code]).filter(state=Message.State.TASK)
        self._rows = tasks.filter(started_at__isnull=not self.is_reprint).order_by("region_code", "pk")
        self._printed: dict[int, Content] = {}
        self._unfit: dict[int, Unfit] = {}

    def count(self) -> int:
        return self._rows.count()

    def write(self, target: Path, *, now: datetime, tell: Callable[[int], None]) -> None:
        # From house to house; addresses lie sealed, so they are put in order here.
        messages = sorted(
            self._rows[: MOST_LETTERS + 1], key=lambda message: (message.region_code, message.address, message.pk)
        )
        if len(messages) > MOST_LETTERS:
            raise NothingToPrint(
                f"Paling banyak {thousands(MOST_LETTERS)} surat dalam satu berkas. Cetak per kelurahan/desa."
            )
        frame = frame_of_letters(self.wave, now=now)
        letters, missing = {}, {}
        for start in range(0, len(messages), _AT_ONCE):
            made, reasons = self._lay_out(messages[start : start + _AT_ONCE], frame, now)
            letters |= made
            missing |= reasons
            tell(0)
        if not letters:
            reason = next(iter(missing.values()), "semua sudah dicetak, diserahkan, atau ditarik")
            raise NothingToPrint(f"Tidak ada surat untuk dicetak: {reason}")
        bundles = list(self._bundles(messages, letters, missing, now))
        data = {"title": self.title, "address": code_address(), "frame": frame, "bundles": bundles}
        typeset("invitation_letter", data, target, look=lambda: tell(0))
        tell(len(letters))

    def written(self, *, now: datetime) -> None:
        late = mark_printed(printed=self._printed, unfit=self._unfit, now=now)
        if late:
            names = ", ".join(message.recipient_name for message in late[:_NAMED])
            more = f" dan {thousands(len(late) - _NAMED)} orang lain" if len(late) > _NAMED else ""
            record(
                at=now,
                actor=self.user,
                action="letters.outdated",
                sentence=f"Surat untuk {names}{more} sudah ditutup saat dicetak; jangan diserahkan.",
                region_code=self.region_code,
                subject=self.subject,
                data={"messages": [message.pk for message in late]},
            )

    def _lay_out(self, messages: list[Message], frame: dict, now: datetime) -> tuple[dict[int, dict], dict[int, str]]:
        """Letters by message, and for whom there is none, with the reason."""
        late = {message.pk: _LATE for message in messages if message.expires_at and message.expires_at <= now}
        rendered = render(message for message in messages if message.pk not in late) | late
        by_key = {message.pk: message for message in messages}
        fit = {pk: (by_key[pk], one) for pk, one in rendered.items() if isinstance(one, Content)}
        sheets = sheets_of(fit, frame=frame, now=now)
        self._printed |= {pk: fit[pk][1] for pk in sheets.letters}
        unfit = {pk: one for pk, one in rendered.items() if isinstance(one, Unfit)}
        self._unfit |= unfit
        return sheets.letters, {pk: one.detail for pk, one in unfit.items()} | sheets.left_out

    def _bundles(self, messages: list[Message], letters: dict[int, dict], missing: dict[int, str], now: datetime):
        villages: defaultdict[str, list[Message]] = defaultdict(list)
        for message in messages:
            villages[message.region_code].append(message)
        for some in villages.values():
            sheets = [letters[message.pk] for message in some if message.pk in letters]
            left_out = [
                {"name": message.recipient_name, "place": message.address, "reason": missing[message.pk]}
                for message in some
                if message.pk in missing
            ]
            if sheets:
                yield bundle_of(sheets, left_out, self.wave, is_reprint=self.is_reprint, now=now)
