"""Amounts of money as people write them."""

import re

from django import forms

from rtportal.lib.numbers import thousands

# Points only between thousands: `1500.50` is a slip, and neither 150050 nor 1500 is what was meant for certain.
_AMOUNT = re.compile(r"(?:rp\.?\s*)?(?P<whole>-?(?:\d{1,3}(?:\.\d{3}){1,4}|\d{1,15}))(?:,(?:-|00?))?", re.IGNORECASE)


class RupiahField(forms.IntegerField):
    """Whole rupiah: `1500000`, `1.500.000`, `Rp1.500.000,-`; shown with points between thousands.

    A plain IntegerField takes `100.000` for 100, as it passes over what it reads as decimals.
    """

    widget = forms.TextInput
    default_error_messages = {"invalid": "Tulis jumlah rupiah dengan angka saja, misalnya 1500000."}

    def to_python(self, value):
        if value in self.empty_values:
            return None
        found = _AMOUNT.fullmatch(str(value).strip())
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return int(found["whole"].replace(".", ""))

    def prepare_value(self, value):
        return thousands(value) if isinstance(value, int) else value

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"inputmode": "numeric"}
