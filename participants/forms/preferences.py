"""Over which channel a head wants to be told first."""

from django import forms

from rtportal.messaging.channels import all_channels, configured, label_of


class PreferredChannelForm(forms.Form):
    """Offers the channels that this installation can use, and the one chosen before."""

    preferred_channel = forms.ChoiceField(
        label="Saluran pilihan",
        required=False,
        error_messages={"invalid_choice": "Pilih salah satu saluran yang ada."},
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args, chosen: str, **kwargs):
        super().__init__(*args, initial={"preferred_channel": chosen}, **kwargs)
        names = dict.fromkeys([*configured(all_channels()), *([chosen] if chosen else [])])
        self.fields["preferred_channel"].choices = [
            ("", "Menurut rantai pengiriman program"),
            *((name, label_of(name)) for name in names),
        ]
