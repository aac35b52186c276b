"""What officials type about certificates."""

from django import forms

from participants.use_cases.revoke_certificate import LONGEST_REASON
from programs.forms.base import DomainForm


class RevokeForm(DomainForm):
    """Why a certificate is void."""

    reason = forms.CharField(
        label="Alasan pencabutan",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tersimpan di riwayat gelombang. Halaman pemeriksaan hanya menampilkan bahwa sertifikat dicabut.",
        error_messages={"required": "Isi alasan pencabutan."},
    )
