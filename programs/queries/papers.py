"""What the papers of an office and a programme say, field by field, and who may sign them."""

from django.db.models import QuerySet

from programs.models import CommitteeMember, Office, PaperSettings, Program, Signatory
from rtportal.lib.numbers import rupiah


def paper_settings(program_id: int) -> PaperSettings:
    """The settings with their four signatories; the defaults, not saved and of version 0, where there are none."""
    rows = PaperSettings.objects.select_related("signer", "certificate_signer", "pptk", "treasurer")
    return rows.filter(pk=program_id).first() or PaperSettings(program_id=program_id, version=0)


def signatories_for(program: Program) -> QuerySet[Signatory]:
    """Who may sign the programme's papers: the signatories of all offices of its region."""
    return Signatory.objects.filter(office__region_id=program.region_id).order_by("name", "pk")


def letterhead_values(office: Office) -> dict[str, str]:
    """Label → value as people read it."""
    return {
        "Alamat kantor": office.address,
        "Kota tempat surat dibuat": office.city,
        "Telepon, e-mail, dan situs pada kop": office.contact_lines,
        # The file's own name says whether it is another one.
        "Lambang": f"gambar {office.logo_path.rpartition('/')[2][:8]}" if office.logo_path else "",
    }


def signatory_values(row: Signatory) -> dict[str, str]:
    """Label → value as people read it."""
    return {"Nama": row.full_name, "Jabatan": row.position, "Pangkat/golongan": row.rank, "NIP": row.nip}


def paper_values(row: PaperSettings) -> dict[str, str]:
    """Label → value as people read it."""
    return {
        "Sifat surat": row.nature,
        "Tembusan": "; ".join(row.copies_to.splitlines()),
        "Penanda tangan surat": _name(row.signer),
        "Penanda tangan sertifikat": _name(row.certificate_signer),
        "PPTK": _name(row.pptk),
        "Bendahara": _name(row.treasurer),
        "Nomor sertifikat": row.certificate_number,
        "Kehadiran paling sedikit untuk sertifikat": f"{row.certificate_share}%",
        "Uang transpor per orang": rupiah(row.transport_amount),
        "Pajak uang transpor": f"{row.transport_tax.normalize():f}%".replace(".", ","),
    }


def committee_values(members: list[CommitteeMember]) -> dict[str, str]:
    """One field for the whole list."""
    return {"Panitia": "; ".join(f"{member.duty}: {member.name}" for member in members)}


def _name(signatory: Signatory | None) -> str:
    return str(signatory) if signatory else ""
