"""What officials type about a programme."""

from django import forms
from django.db.models import QuerySet

from programs.forms.base import VersionForm, offer
from programs.models import Office, Program
from programs.paper_numbers import check_number
from programs.queries.reach_chain import chain_words, channels_on_offer
from rtportal.lib.wording import WordingError


class ProgramForm(VersionForm):
    """A programme; the office is asked only where there are several."""

    office = forms.ModelChoiceField(label="Penyelenggara", queryset=Office.objects.none(), empty_label=None)
    name = forms.CharField(
        label="Nama program", max_length=200, help_text="Misalnya Bimtek Peningkatan Kapasitas Ketua RT Tahun 2026."
    )
    kind = forms.ChoiceField(label="Jenis", choices=Program.Kind.choices)
    companions = forms.ChoiceField(
        label="Pendamping", choices=Program.Companions.choices, help_text="Kursi pendamping ikut dihitung."
    )
    substitutes = forms.ChoiceField(
        label="Wakil",
        choices=Program.Substitutes.choices,
        initial=Program.Substitutes.ALLOWED,
        help_text="Siapa yang memutuskan bila ketua RT diwakili. Wakil yang sudah disebut tidak berubah.",
    )
    substitute_limit = forms.IntegerField(
        label="Wakil paling banyak per gelombang",
        initial=0,
        min_value=0,
        max_value=9_999,
        help_text="0 berarti tanpa batas.",
    )
    substitute_letter = forms.BooleanField(label="Wakil harus membawa surat tugas", required=False)
    answer_days_before = forms.IntegerField(
        label="Batas jawaban (hari sebelum pelaksanaan)",
        initial=2,
        min_value=0,
        max_value=60,
        help_text="2 berarti jawaban dapat diubah sampai akhir hari H-2, waktu setempat.",
    )
    minutes_per_jp = forms.IntegerField(
        label="Menit per jam pelajaran (JP)",
        initial=45,
        min_value=15,
        max_value=120,
        help_text="Hanya sesi belajar yang dihitung sebagai JP; registrasi, pembukaan, ISHOMA, dan penutupan tidak.",
    )
    letter_number = forms.CharField(
        label="Nomor surat undangan",
        max_length=80,
        required=False,
        help_text="Tampil pada undangan agar ketua RT yakin siapa yang mengundang. Boleh memuat {bulan}, "
        "{bulan_romawi}, dan {tahun} dari tanggal surat, misalnya 400.10/123/DPMD/{bulan_romawi}/{tahun}; "
        "{urut} menjadi titik-titik.",
    )
    bring = forms.CharField(
        label="Yang perlu dibawa",
        max_length=300,
        required=False,
        help_text="Tampil pada undangan, misalnya: surat undangan, alat tulis, KTP.",
    )
    records_hours = forms.BooleanField(
        label="Catat juga saat keluar", required=False, help_text="Untuk kegiatan yang menghitung lama hadir."
    )
    aim = forms.CharField(label="Tujuan", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, offices: QuerySet, program: Program | None = None, **kwargs):
        if program:
            kept = ("version", "office", "name", "kind", "companions", "answer_days_before", "minutes_per_jp")
            kept += ("letter_number", "aim", "substitutes", "substitute_limit", "substitute_letter")
            kept += ("bring", "records_hours")
            kwargs["initial"] = {name: getattr(program, name) for name in kept}
        super().__init__(*args, **kwargs)
        offer(self.fields["office"], offices)
        self._offer_links(program.reach_chain if program else [])

    def _offer_links(self, chain: list[str]) -> None:
        """One choice for each link that a chain can have."""
        channels, usual = channels_on_offer(chain), chain_words([])
        for number in range(1, len(channels) + 1):
            is_first = number == 1
            self.fields[f"link_{number}"] = forms.ChoiceField(
                label="Rantai pengiriman: saluran pertama" if is_first else f"Bila gagal, saluran ke-{number}",
                choices=[("", usual[:1].upper() + usual[1:] if is_first else "Tidak ada"), *channels],
                required=False,
                initial=chain[number - 1] if number <= len(chain) else "",
                help_text="Setiap orang diberi tahu lewat saluran pertama yang dapat menjangkaunya. "
                "Bila pengirimannya gagal, portal beralih ke saluran berikutnya."
                if is_first
                else "",
            )

    def clean_letter_number(self) -> str:
        """A pattern of `programs/paper_numbers.py`."""
        try:
            check_number(self.cleaned_data["letter_number"], is_serial=False)
        except WordingError as error:
            raise forms.ValidationError(error.sentence) from error
        return self.cleaned_data["letter_number"]

    def clean(self) -> dict:
        """`reach_chain` are the chosen channels in order; empty is the usual chain."""
        typed = super().clean()
        links = {name: typed.get(name) for name in self.fields if name.startswith("link_")}
        seen: set[str] = set()
        for name, channel in links.items():
            if channel and channel in seen:
                self.add_error(name, "Saluran ini sudah dipilih di atas. Setiap saluran hanya dipakai satu kali.")
            seen.add(channel or "")
        chosen = [channel for channel in links.values() if channel]
        if chosen and not links["link_1"] and "link_1" not in self.errors:
            self.add_error("link_1", "Pilih saluran pertama, atau kosongkan semuanya untuk memakai rantai biasa.")
        return typed | {"reach_chain": chosen}
