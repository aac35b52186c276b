"""What officials type about a calendar address."""

from django import forms

from programs.forms.base import DomainForm


class FeedForm(DomainForm):
    """A new secret calendar address."""

    label = forms.CharField(
        label="Untuk siapa",
        max_length=100,
        help_text="Misalnya “Kalender Kepala Dinas”. Nama ini hanya tampil di halaman ini.",
    )
