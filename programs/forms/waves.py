"""What officials type about a wave, and the seats that follow from it."""

from datetime import date, time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from participants.queries.area_choices import AreaChoice
from programs.forms.base import VersionForm
from programs.models import Program, Venue, Wave
from programs.rules import seats_sentence
from rtportal.lib import clock
from rtportal.lib.numbers import thousands

# A year outside is a slip of the keyboard.
_YEARS = range(2000, 2101)


class WaveForm(VersionForm):
    """A wave in local days and hours of the programme's zone; `wishes()` gives instants.

    `choices` are the lines of the area tree, `venues` those of the programme's region.
    """

    number = forms.IntegerField(label="Gelombang ke", min_value=1, max_value=999)
    day = forms.DateField(label="Tanggal", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    starts = forms.TimeField(label="Jam mulai", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    ends = forms.TimeField(label="Jam selesai", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    ends_on = forms.DateField(
        label="Tanggal selesai",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="Isi hanya bila berlangsung lebih dari satu hari.",
    )
    venue = forms.ModelChoiceField(label="Tempat", queryset=Venue.objects.none(), empty_label="— pilih tempat —")
    areas = forms.MultipleChoiceField(
        label="Wilayah peserta",
        error_messages={
            "required": "Pilih paling sedikit satu wilayah.",
            "invalid_choice": "Wilayah %(value)s tidak ada dalam daftar.",
        },
    )
    accepted_seats = forms.IntegerField(label="Jumlah kursi", required=False, min_value=0, max_value=10_000_000)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        program: Program,
        choices: list[AreaChoice],
        venues: QuerySet,
        wave: Wave | None = None,
        draft: QueryDict | None = None,
        is_catch_up: bool = False,
    ):
        """`draft` is what stands in the form so far: shown again but not judged yet. A catch-up wave has no areas."""
        if draft is not None:
            initial = draft.dict() | {"areas": draft.getlist("areas")}
        else:
            initial = _initial_of(wave) if wave else _initial_of_new(program)
        super().__init__(data, initial=initial)
        self.program, self.wave, self.choices = program, wave, choices
        self.is_catch_up = wave.is_catch_up if wave else is_catch_up
        self.fields["areas"].required = not self.is_catch_up
        self.fields["venue"].queryset = venues
        self.fields["venue"].label_from_instance = _venue_words
        self.fields["areas"].choices = [(choice.key, choice.name) for choice in choices]
        zone = clock.zone_label(program.region.time_zone, clock.now())
        for name in ("starts", "ends"):
            self.fields[name].label += f" ({zone})"

    def clean_day(self) -> date:
        return _plausible(self.cleaned_data["day"])

    def clean_ends_on(self) -> date | None:
        return _plausible(self.cleaned_data["ends_on"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("day"), data.get("ends_on") or data.get("day")
        if first and data.get("ends_on") and last < first:
            self.add_error("ends_on", "Tanggal selesai harus setelah tanggal mulai.")
        elif first == last and data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", "Waktu selesai harus setelah waktu mulai.")
        return data

    def wishes(self) -> dict[str, Any]:
        """Arguments for `schedule_wave` and `reschedule_wave`, from a valid form."""
        data, zone = self.cleaned_data, self.program.region.time_zone
        return {
            "number": data["number"],
            "venue": data["venue"],
            "starts_at": clock.local_instant(data["day"], data["starts"], zone),
            "ends_at": clock.local_instant(data["ends_on"] or data["day"], data["ends"], zone),
            "areas": data["areas"],
            "accepted_seats": data["accepted_seats"] or 0,
        }

    def select_all_free(self) -> None:
        """Tick every area that no other wave has, on a draft."""
        self.initial["areas"] = [choice.key for choice in self.choices if not choice.taken]

    @property
    def chosen(self) -> set[str]:
        """Keys of the ticked areas."""
        return set(self["areas"].value() or [])

    @property
    def seats(self) -> dict[str, Any]:
        """What `_head_count.html` shows for the present choice; works on a form that is not valid."""
        chosen = self.chosen
        counts = [choice.heads for choice in self.choices if choice.key in chosen]
        venue = self._present_venue()
        needed = sum(counts) * self.program.seats_per_head
        missing = max(0, needed - venue.capacity) if venue else 0
        stored = self.wave.seats_acknowledged if self.wave and venue and self.wave.venue_id == venue.pk else 0
        return {
            "sentence": seats_sentence(counts, self.program.seats_per_head, venue.capacity if venue else None),
            "needed": needed,
            "missing": missing,
            "was_accepted": stored >= needed,
            "is_accepted": self._present_number("accepted_seats") >= needed,
        }

    def _present_venue(self) -> Venue | None:
        try:
            return self.fields["venue"].clean(self["venue"].value())
        except forms.ValidationError:
            return None

    def _present_number(self, name: str) -> int:
        try:
            return self.fields[name].clean(self[name].value()) or 0
        except forms.ValidationError:
            return 0


def _plausible(day: date | None) -> date | None:
    if day and day.year not in _YEARS:
        raise forms.ValidationError("Periksa tahunnya.")
    return day


def _venue_words(venue: Venue) -> str:
    return f"{venue.name} ({thousands(venue.capacity)} kursi)"


def _initial_of_new(program: Program) -> dict[str, Any]:
    last = program.waves.order_by("-number").values_list("number", flat=True).first()
    return {"number": (last or 0) + 1, "starts": time(8, 0), "ends": time(15, 0)}


def _initial_of(wave: Wave) -> dict[str, Any]:
    starts, ends = (at.astimezone(clock.parse_zone(wave.zone)) for at in (wave.starts_at, wave.ends_at))
    last_day: date | None = ends.date() if ends.date() != starts.date() else None
    return {
        "version": wave.version,
        "number": wave.number,
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "ends_on": last_day,
        "venue": wave.venue_id,
        "areas": [area.key for area in wave.wave_areas.all()],
    }
