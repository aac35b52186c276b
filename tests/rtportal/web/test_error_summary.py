"""The list above a refused form leads to each field."""

import re

from crispy_forms.utils import render_crispy_form
from django import forms
from django.template.loader import render_to_string


class Answer(forms.Form):
    name = forms.CharField(label="Nama wakil")
    kind = forms.ChoiceField(label="Jenis", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    areas = forms.MultipleChoiceField(label="Kecamatan", choices=[("1", "Jaro")], widget=forms.CheckboxSelectMultiple)
    day = forms.DateField(label="Tanggal")


def test_every_line_leads_to_something_on_the_page():
    form = Answer({})
    targets = re.findall(r'href="#([^"]+)"', render_to_string("_error_summary.html", {"form": form}))
    page = render_crispy_form(form)
    assert len(targets) == 4
    assert all(f'id="{target}"' in page for target in targets)


def test_what_belongs_to_no_field_is_said_too():
    form = Answer({})
    form.add_error(None, "Gelombang ini sudah selesai.")
    assert "<li>Gelombang ini sudah selesai.</li>" in render_to_string("_error_summary.html", {"form": form})


def test_a_form_without_errors_shows_nothing():
    assert render_to_string("_error_summary.html", {"form": Answer()}).strip() == ""
