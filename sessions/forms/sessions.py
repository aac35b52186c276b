"""What officials type about a session and who speaks in it."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from programs.models import Wave
from sessions.forms.hours import HoursForm
from sessions.models import SessionSpeaker, Speaker, TrainingSession
from sessions.use_cases.save_session import Part


class SessionForm(HoursForm):
    """One session of a wave; `suggestions` are what is in use already, offered while typing."""

    kind = forms.ChoiceField(label="Jenis", choices=TrainingSession.Kind.choices, initial=TrainingSession.Kind.MATERIAL)
    title = forms.CharField(label="Judul", max_length=200)
    group = forms.CharField(
        label="Kelompok",
        max_length=60,
        required=False,
        help_text="Hanya untuk sesi paralel, misalnya Kelompok A. Kosongkan bila untuk semua peserta.",
    )
    note = forms.CharField(
        label="Keterangan", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data=None, *, wave: Wave, session: TrainingSession | None = None, others=(), begin=None):
        """`others` are the wave's sessions: their rooms and groups are offered while typing. `begin`: see HoursForm."""
        super().__init__(data, wave=wave, session=session, begin=begin)
        self.suggestions = {
            "room": sorted({other.room for other in others if other.room}),
            "group": sorted({other.group for other in others if other.group}),
        }
        for name in self.suggestions:
            self.fields[name].widget.attrs["list"] = f"pilihan-{name}"
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "title",
            "kind",
            Row(
                Column("day", css_class="col-md-4"),
                Column("begins", css_class="col-6 col-md-4"),
                Column("ends", css_class="col-6 col-md-4"),
            ),
            Row(Column("room", css_class="col-md-6"), Column("group", css_class="col-md-6")),
            "note",
            "version",
        )

    def initial_of(self, session: TrainingSession) -> dict[str, Any]:
        own = {name: getattr(session, name) for name in ("kind", "title", "group", "note")}
        return super().initial_of(session) | own

    @property
    def fields_of_session(self) -> dict[str, Any]:
        """Arguments for `save_session`, from a valid form."""
        names = ("version", "kind", "title", "starts_at", "ends_at", "room", "group", "note")
        return {name: self.cleaned_data[name] for name in names}


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
    # The status that was shown: a speaker may answer while the official fills in the form.
    seen = forms.ChoiceField(
        choices=SessionSpeaker.Status.choices,
        initial=SessionSpeaker.Status.INVITED,
        required=False,
        widget=forms.HiddenInput,
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
                data["seen"] or SessionSpeaker.Status.INVITED,
            )
            for data in (row.cleaned_data for row in self.forms)
            if data.get("speaker")
        ]

    def see(self, statuses: dict[int, str]) -> None:
        """After a stale edit: the next save is on top of these statuses, by speaker's key."""
        self.data = self.data.copy()
        for row in self.forms:
            speaker = row.cleaned_data.get("speaker")
            if speaker in statuses:
                self.data[row.add_prefix("seen")] = statuses[speaker]
            row.data = self.data


PartFormSet = forms.formset_factory(PartForm, formset=BasePartFormSet, extra=3, max_num=30, absolute_max=30)


def part_forms(data, *, wave: Wave, session: TrainingSession | None) -> BasePartFormSet:
    """Rows for a session's speakers: those it has and three empty ones. Two queries."""
    speakers = Speaker.objects.for_region(wave.program.region_id)
    choices = [("", "— pilih —")] + [
        (who.pk, " – ".join(part for part in (who.title, who.institution) if part)) for who in speakers
    ]
    initial = (
        [
            {"speaker": part.speaker_id, "role": part.role, "status": part.status, "seen": part.status}
            for part in session.session_speakers.all()
        ]
        if session
        else []
    )
    return PartFormSet(data, initial=initial, prefix="narasumber", form_kwargs={"speaker_choices": choices})
