"""What officials type about papers: the head of the letters, who signs, how a programme numbers, its committee."""

from django import forms

from programs.forms.base import VersionForm
from programs.forms.money import RupiahField
from programs.models import Office, PaperSettings, Program, Signatory
from programs.paper_numbers import NUMBER_WORDS
from programs.queries.papers import signatories_for
from programs.use_cases.set_committee import MOST_MEMBERS, Member

_NUMBER_HELP = "Kata yang dapat dipakai: " + ", ".join(f"{{{word}}} ({what})" for word, what in NUMBER_WORDS.items())


class NipField(forms.CharField):
    """Eighteen digits, however they are grouped; empty for whoever is no civil servant."""

    def __init__(self, **kwargs):
        super().__init__(label="NIP", max_length=30, required=False, help_text="18 angka; kosongkan bila bukan ASN.")

    def clean(self, value: str) -> str:
        digits = "".join(super().clean(value).replace(".", " ").replace("-", " ").split())
        if digits and not (len(digits) == 18 and digits.isascii() and digits.isdigit()):
            raise forms.ValidationError("NIP terdiri atas 18 angka.")
        return digits


class LetterheadForm(VersionForm):
    """Address, city, contacts and arms of an office."""

    address = forms.CharField(
        label="Alamat kantor",
        max_length=200,
        required=False,
        help_text="Di bawah nama kantor pada kop surat, misalnya: Jalan Pangeran Antasari Nomor 1, Tanjung 71513.",
    )
    contact_lines = forms.CharField(
        label="Telepon, e-mail, dan situs",
        max_length=200,
        required=False,
        help_text="Misalnya: Telepon (0526) 2021234, e-mail dpmd@tabalongkab.go.id.",
    )
    city = forms.CharField(
        label="Kota tempat surat dibuat", max_length=80, required=False, help_text="Misalnya Tanjung."
    )
    logo = forms.FileField(
        label="Lambang",
        required=False,
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
        help_text="PNG atau JPEG, paling besar 1 MB. Dicetak di kiri atas setiap surat.",
        error_messages={"empty": "Berkas ini kosong. Pilih berkas lain."},
    )
    removes_logo = forms.BooleanField(label="Hapus lambang yang tersimpan", required=False)

    def __init__(self, *args, office: Office, **kwargs):
        kept = ("version", "address", "contact_lines", "city")
        super().__init__(*args, initial={name: getattr(office, name) for name in kept}, **kwargs)
        if not office.logo_path:
            del self.fields["removes_logo"]

    def wishes(self) -> dict:
        """What `save_letterhead` takes, of a valid form."""
        typed = dict(self.cleaned_data)
        upload = typed.pop("logo")
        return typed | {"logo": upload.read() if upload else None}


class SignatoryForm(VersionForm):
    """Somebody who signs, as their name stands below a letter."""

    name = forms.CharField(label="Nama dengan gelar", max_length=200, help_text="Misalnya Drs. H. Ahmad Fauzi, M.Si.")
    position = forms.CharField(label="Jabatan", max_length=200, help_text="Misalnya Kepala Dinas.")
    rank = forms.CharField(
        label="Pangkat/golongan", max_length=80, required=False, help_text="Misalnya Pembina Utama Muda, IV/c."
    )
    nip = NipField()

    def __init__(self, *args, signatory: Signatory | None = None, **kwargs):
        if signatory:
            kept = ("version", "position", "rank", "nip")
            kwargs["initial"] = {name: getattr(signatory, name) for name in kept} | {"name": signatory.full_name}
        super().__init__(*args, **kwargs)


class PaperSettingsForm(VersionForm):
    """How the papers of a programme are numbered, signed and reckoned."""

    nature = forms.CharField(label="Sifat surat", max_length=40, help_text="Misalnya Biasa, Penting, atau Segera.")
    copies_to = forms.CharField(
        label="Tembusan",
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Satu penerima per baris.",
    )
    signer = forms.ModelChoiceField(
        label="Penanda tangan surat", queryset=Signatory.objects.none(), required=False, empty_label="Belum ditentukan"
    )
    certificate_signer = forms.ModelChoiceField(
        label="Penanda tangan sertifikat",
        queryset=Signatory.objects.none(),
        required=False,
        empty_label="Belum ditentukan",
    )
    pptk = forms.ModelChoiceField(
        label="PPTK", queryset=Signatory.objects.none(), required=False, empty_label="Belum ditentukan"
    )
    treasurer = forms.ModelChoiceField(
        label="Bendahara", queryset=Signatory.objects.none(), required=False, empty_label="Belum ditentukan"
    )
    certificate_number = forms.CharField(label="Nomor sertifikat", max_length=80, help_text=f"{_NUMBER_HELP}.")
    certificate_share = forms.IntegerField(
        label="Kehadiran paling sedikit untuk sertifikat (%)", min_value=1, max_value=100
    )
    transport_amount = RupiahField(
        label="Uang transpor per orang (Rp)",
        min_value=0,
        max_value=100_000_000,
        help_text="Misalnya 150.000; 0 bila tidak ada.",
    )
    transport_tax = forms.DecimalField(
        label="Pajak uang transpor (%)", min_value=0, max_value=50, max_digits=4, decimal_places=2, localize=True
    )

    def __init__(self, *args, program: Program, settings: PaperSettings, **kwargs):
        people = ("signer", "certificate_signer", "pptk", "treasurer")
        plain = [name for name in self.base_fields if name not in people]
        initial = {name: getattr(settings, name) for name in plain}
        initial |= {name: getattr(settings, f"{name}_id") for name in people}
        super().__init__(*args, initial=initial, **kwargs)
        rows = signatories_for(program)
        for name in people:
            self.fields[name].queryset = rows

    def clean_copies_to(self) -> str:
        """Lines without empty ones."""
        lines = (" ".join(line.split()) for line in self.cleaned_data["copies_to"].splitlines())
        return "\n".join(line for line in lines if line)


class MemberForm(forms.Form):
    """Somebody of the committee."""

    name = forms.CharField(label="Nama dengan gelar", max_length=200)
    duty = forms.CharField(
        label="Kedudukan dalam panitia", max_length=100, help_text="Misalnya Ketua, Sekretaris, Anggota."
    )
    position = forms.CharField(label="Jabatan", max_length=200, required=False)
    nip = NipField()


MemberFormSet = forms.formset_factory(
    MemberForm,
    extra=3,
    can_delete=True,
    can_order=True,
    max_num=MOST_MEMBERS,
    absolute_max=2 * MOST_MEMBERS,
    validate_max=True,
)


def member_forms(data, program: Program) -> forms.BaseFormSet:
    """A form for each member of the committee and three empty ones. One query."""
    initial = list(program.committee.values("name", "duty", "position", "nip"))
    found = MemberFormSet(data, initial=initial, prefix="panitia")
    for one in found.forms:
        one.fields["DELETE"].label = "Hapus"
        one.fields["ORDER"].label = "Urutan"
    return found


def members_of(found: forms.BaseFormSet) -> list[Member]:
    """The members of a valid formset in their order, without the deleted and the empty ones."""
    typed = [one.cleaned_data for one in found.forms if not one.cleaned_data.get("DELETE")]
    rows = [row for row in typed if row.get("name")]
    rows.sort(key=lambda row: MOST_MEMBERS if row["ORDER"] is None else row["ORDER"])
    return [Member(row["name"], row["duty"], row["position"], row["nip"]) for row in rows]
