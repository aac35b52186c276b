"""What officials type about a session and who speaks in it."""

from datetime import timedelta

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from programs.models import Wave
from rtportal.lib import clock
from sessions.models import SessionSpeaker, Speaker, TrainingSession
from sessions.use_cases.save_session import Part

# A session further from its wave's day than this is a slip of the keyboard.
FARTHEST_DAYS = 31


def _helper(*rows) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(*rows)
    return helper


class SessionForm(forms.Form):
    """One session of a wave; `cleaned_data` carries `starts_at` and `ends_at` as instants."""

    kind = forms.ChoiceField(label="Jenis", choices=TrainingSession.Kind.choices, initial=TrainingSession.Kind.MATERIAL)
    title = forms.CharField(label="Judul", max_length=200)
    day = forms.DateField(label="Tanggal", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    begins = forms.TimeField(label="Mulai", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    ends = forms.TimeField(label="Selesai", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    room = forms.CharField(
        label="Ruang", max_length=80, required=False, help_text="Kosongkan bila memakai ruang utama tempat acara."
    )
    note = forms.CharField(
        label="Keterangan", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, wave: Wave, session: TrainingSession | None = None, **kwargs):
        self.wave = wave
        initial = _initial_of(session, wave) if session else {"day": wave.local_day}
        super().__init__(*args, initial=initial, **kwargs)
        zone = clock.zone_label(wave.zone, wave.starts_at)
        self.fields["begins"].label = f"Mulai ({zone})"
        self.fields["ends"].label = f"Selesai ({zone})"
        self.helper = _helper(
            "title",
            Row(Column("kind", css_class="col-md-6"), Column("room", css_class="col-md-6")),
            Row(
                Column("day", css_class="col-md-4"),
                Column("begins", css_class="col-6 col-md-4"),
                Column("ends", css_class="col-6 col-md-4"),
            ),
            "note",
        )

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


def _initial_of(session: TrainingSession, wave: Wave) -> dict:
    zone = clock.parse_zone(wave.zone)
    return {
        "kind": session.kind,
        "title": session.title,
        "day": clock.local_date(session.starts_at, zone),
        "begins": session.starts_at.astimezone(zone).time(),
        "ends": session.ends_at.astimezone(zone).time(),
        "room": session.room,
        "note": session.note,
    }


class PartForm(forms.Form):
    """One row of a session's speakers; an empty choice removes the row."""

    speaker = forms.TypedChoiceField(
        label="Narasumber",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Narasumber itu tidak ada dalam daftar."},
    )
    role = forms.ChoiceField(
        label="Peran", choices=SessionSpeaker.Role.choices, initial=SessionSpeaker.Role.SPEAKER, required=False
    )
    status = forms.ChoiceField(
        label="Kesediaan",
        choices=SessionSpeaker.Status.choices,
        initial=SessionSpeaker.Status.INVITED,
        required=False,
    )

    def __init__(self, *args, speaker_choices: list[tuple], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["speaker"].choices = speaker_choices


class BasePartFormSet(forms.BaseFormSet):
    def clean(self):
        seen = set()
        for row in self.forms:
            speaker = row.cleaned_data.get("speaker") if row.is_valid() else None
            if speaker in seen:
                row.add_error("speaker", "Narasumber ini sudah dicantumkan pada baris lain.")
            if speaker:
                seen.add(speaker)

    @property
    def parts(self) -> list[Part]:
        """The chosen speakers in order; only after `is_valid()`."""
        return [
            Part(
                data["speaker"],
                data["role"] or SessionSpeaker.Role.SPEAKER,
                data["status"] or SessionSpeaker.Status.INVITED,
            )
            for data in (row.cleaned_data for row in self.forms)
            if data.get("speaker")
        ]


PartFormSet = forms.formset_factory(PartForm, formset=BasePartFormSet, extra=3, max_num=30, absolute_max=30)


def part_forms(data, *, wave: Wave, session: TrainingSession | None) -> BasePartFormSet:
    """Rows for a session's speakers: those it has and three empty ones. Two queries."""
    speakers = Speaker.objects.for_region(wave.program.region_id)
    choices = [("", "— pilih —")] + [
        (who.pk, " – ".join(part for part in (who.title, who.institution) if part)) for who in speakers
    ]
    initial = (
        [
            {"speaker": part.speaker_id, "role": part.role, "status": part.status}
            for part in session.session_speakers.all()
        ]
        if session
        else []
    )
    return PartFormSet(data, initial=initial, prefix="narasumber", form_kwargs={"speaker_choices": choices})
