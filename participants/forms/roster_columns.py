"""Which column of an uploaded roster is which."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import forms

from participants.roster_file.columns import CHOICES
from rtportal.regions.models import Region

UNUSED = "Tidak dipakai"


@dataclass(frozen=True)
class Section:
    """One question of kind "columns" with the fields that answer it."""

    question: dict
    columns: list[tuple[dict, forms.BoundField]]
    districts: list[forms.BoundField]
    left_out: forms.BoundField | None


class ColumnsForm(forms.Form):
    """For each column of each question a known one, for sheets without kecamatan one, or that they are no roster.

    `questions`, `decisions`: of a `RosterImport`, in the shapes of `participants/roster_file/decisions.py`.
    """

    def __init__(self, *args, questions: list[dict], decisions: Mapping, districts: Iterable[Region], **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = questions
        self._districts = [("", "Pilih kecamatan"), *((place.code, place.name) for place in districts)]
        self._chosen = decisions.get("districts", {})
        for question in questions:
            self._add_fields(question)

    def _add_fields(self, question: dict) -> None:
        for column in question["columns"]:
            self.fields[_column(question, column["at"])] = forms.ChoiceField(
                label=f"Kolom {column['letter']} {column['heading']}".strip(),
                required=False,
                choices=[("", UNUSED), *CHOICES.items()],
                initial=column["key"],
                widget=forms.Select(attrs={"class": "form-select"}),
                error_messages={"invalid_choice": "Pilih dari daftar."},
            )
        has_column = any(column["key"] in ("district", "code") for column in question["columns"])
        for number, sheet in enumerate(question["sheets"]):
            if not (has_column or "district" in sheet["given"]) or self._chosen.get(sheet["name"]):
                self.fields[_district(question, number)] = forms.ChoiceField(
                    label=f"Kecamatan semua baris lembar {sheet['name']}" if sheet["name"] else "Kecamatan semua baris",
                    required=False,
                    choices=self._districts,
                    initial=self._chosen.get(sheet["name"], ""),
                    help_text="Hanya bila berkas tidak mempunyai kolom Kecamatan.",
                    widget=forms.Select(attrs={"class": "form-select"}),
                    error_messages={"invalid_choice": "Pilih kecamatan dari daftar."},
                )
        if question["is_one_of_several"]:
            self.fields[_left_out(question)] = forms.BooleanField(
                label="Ini bukan daftar ketua RT, jangan dibaca",
                required=False,
                widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
            )

    def clean(self) -> dict:
        for question in self.questions:
            if self.cleaned_data.get(_left_out(question)):
                continue
            taken = {}
            for column in question["columns"]:
                name = _column(question, column["at"])
                key = self.cleaned_data.get(name)
                if key and key in taken:
                    self.add_error(name, f"{CHOICES[key]} sudah dipilih untuk kolom {taken[key]}.")
                elif key:
                    taken[key] = column["letter"]
            if not taken:
                self.add_error(None, "Pilih isi kolomnya dahulu.")
        return self.cleaned_data

    @property
    def answers(self) -> dict:
        """The part of `RosterImport.decisions` that a valid form says."""
        said, columns, districts = self.cleaned_data, {}, {}
        for question in self.questions:
            chosen = {key: one["at"] for one in question["columns"] if (key := said[_column(question, one["at"])])}
            columns[question["header"]] = {} if said.get(_left_out(question)) else chosen
            for number, sheet in enumerate(question["sheets"]):
                if _district(question, number) in said:
                    districts[sheet["name"]] = said[_district(question, number)]
        return {"columns": columns, "districts": districts}

    def sections(self) -> list[Section]:
        return [
            Section(
                question,
                [(column, self[_column(question, column["at"])]) for column in question["columns"]],
                [
                    self[name]
                    for number in range(len(question["sheets"]))
                    if (name := _district(question, number)) in self.fields
                ],
                self[_left_out(question)] if question["is_one_of_several"] else None,
            )
            for question in self.questions
        ]


def _column(question: dict, at: int) -> str:
    return f"kolom-{question['header'][:12]}-{at}"


def _district(question: dict, number: int) -> str:
    return f"kecamatan-{question['header'][:12]}-{number}"


def _left_out(question: dict) -> str:
    return f"bukan-{question['header'][:12]}"
