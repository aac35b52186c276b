"""When and where a session is, in local days and hours of its wave."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django import forms

from programs.forms.base import VersionForm
from programs.models import Wave
from rtportal.lib import clock
from sessions.models import TrainingSession

# A session further from its wave's day than this is a slip of the keyboard.
FARTHEST_DAYS = 31
# What one press of a button moves: the start and the end.
_STEP = timedelta(minutes=5)
_NONE = timedelta(0)
STEPS = {
    "majukan": (-_STEP, -_STEP),
    "mundurkan": (_STEP, _STEP),
    "perpanjang": (_NONE, _STEP),
    "perpendek": (_NONE, -_STEP),
}


class HoursForm(VersionForm):
    """Day, hours and room; `cleaned_data` carries `starts_at` and `ends_at` as instants."""

    day = forms.DateField(label="Tanggal", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    begins = forms.TimeField(label="Mulai", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    ends = forms.TimeField(label="Selesai", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    room = forms.CharField(
        label="Ruang", max_length=80, required=False, help_text="Kosongkan bila memakai ruang utama tempat acara."
    )

    def __init__(self, data=None, *, wave: Wave, session: TrainingSession | None = None, begin=None, **kwargs):
        """`begin`: where a new session is wanted, by names of fields; what cannot be read is left out."""
        self.wave, self.session = wave, session
        initial = self.initial_of(session) if session else {"day": wave.local_day} | self._place_in(begin or {})
        super().__init__(data, initial=initial, **kwargs)
        zone = clock.zone_label(wave.zone, wave.starts_at)
        self.fields["begins"].label = f"Mulai ({zone})"
        self.fields["ends"].label = f"Selesai ({zone})"

    def initial_of(self, session: TrainingSession) -> dict[str, Any]:
        zone = clock.parse_zone(self.wave.zone)
        return {
            "version": session.version,
            "day": clock.local_date(session.starts_at, zone),
            "begins": session.starts_at.astimezone(zone).time(),
            "ends": session.ends_at.astimezone(zone).time(),
            "room": session.room,
        }

    def _place_in(self, asked: Mapping[str, str]) -> dict[str, Any]:
        place = {}
        for name in ("day", "begins", "room"):
            with suppress(forms.ValidationError):
                place[name] = self.base_fields[name].clean(asked[name]) if asked.get(name) else None
        return {name: value for name, value in place.items() if value}

    def clean_day(self):
        day = self.cleaned_data["day"]
        near = timedelta(days=FARTHEST_DAYS)
        last = clock.local_date(self.wave.ends_at, self.wave.zone)
        if not self.wave.local_day - near <= day <= last + near:
            raise forms.ValidationError(
                f"Tanggal ini terlalu jauh dari hari gelombang, {clock.date_words(self.wave.local_day)}."
            )
        return day

    def clean(self):
        data = super().clean()
        day, begins, ends = data.get("day"), data.get("begins"), data.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", "Waktu selesai harus setelah waktu mulai.")
        elif day and begins and ends:
            data["starts_at"] = clock.local_instant(day, begins, self.wave.zone)
            data["ends_at"] = clock.local_instant(day, ends, self.wave.zone)
        return data


class MoveForm(HoursForm):
    """Another place for a session; the button `step`, one of `STEPS`, moves it from the hours in the form."""

    def __init__(self, data=None, *, rooms: list[tuple[str, str]] = (), **kwargs):
        """`rooms` are offered, value and name; others may be sent too."""
        super().__init__(data, **kwargs)
        self.fields["room"].widget = forms.Select(choices=rooms)
        self.fields["room"].help_text = "Ruang baru ditulis lewat “Ubah sesi”."

    def clean(self):
        data = super().clean()
        begin, end = STEPS.get(self.data.get("step"), (_NONE, _NONE))
        if "starts_at" in data:
            data["starts_at"] += begin
            data["ends_at"] += end
            if data["ends_at"] <= data["starts_at"]:
                self.add_error("ends", "Sesi ini tidak dapat diperpendek lagi.")
        return data

    @property
    def place(self) -> dict[str, Any]:
        """Arguments for `move_session`, from a valid form."""
        return {name: self.cleaned_data[name] for name in ("version", "starts_at", "ends_at", "room")}


class SwapForm(VersionForm):
    """With which session of the wave to change places; a choice is `key:version`, as the official saw it."""

    seen_version = ""
    other = forms.ChoiceField(
        label="Tukar dengan",
        error_messages={
            "required": "Pilih sesi yang akan ditukar.",
            "invalid_choice": "Sesi itu tidak ada lagi dalam agenda ini. Pilih sesi lain.",
        },
    )

    def __init__(self, data=None, *, session: TrainingSession, others: list[TrainingSession], zone: str):
        # Stands on one page with the other form.
        super().__init__(data, initial={"version": session.version}, auto_id="id_tukar_%s")
        self.others = {str(other.pk): other for other in others}
        self.fields["other"].choices = [
            ("", "— pilih sesi —"),
            *((f"{other.pk}:{other.version}", _choice(other, zone)) for other in others),
        ]
        if self.is_bound and (present := self.others.get(self._typed()[0])):
            # Whatever version the official saw is judged by the use case, which can tell what changed.
            self.seen_version = self._typed()[1]
            self.data = self.data.copy()
            self.data["other"] = f"{present.pk}:{present.version}"

    def _typed(self) -> tuple[str, str]:
        key, _, version = self.data.get("other", "").partition(":")
        return key, version

    @property
    def pair(self) -> dict[str, int]:
        """Arguments for `swap_sessions`, from a valid form."""
        key, _, _ = self.cleaned_data["other"].partition(":")
        seen = self.seen_version
        other_version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
        return {"version": self.cleaned_data["version"], "other_id": int(key), "other_version": other_version}


def _choice(session: TrainingSession, zone: str) -> str:
    return f"{session.title} ({clock.span_words(session.starts_at, session.ends_at, zone)})"
