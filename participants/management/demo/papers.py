"""Head, signatories, settings and committee, so that every paper of the demo can be printed; all names are examples."""

from collections.abc import Iterable

from programs.models import CommitteeMember, Office, PaperSettings, Program, Signatory

_COMMITTEE = ("Penanggung jawab", "Ketua", "Sekretaris", "Bendahara", "Anggota")


def set_papers(office: Office, programs: Iterable[Program], *, city: str) -> None:
    """The office's papers are complete but for its arms and the numbers of civil servants, which nobody makes up."""
    office.address, office.city = f"Jalan Contoh Nomor 1, {city}", city
    office.save()
    head = _signatory(office, "Kepala Dinas (contoh)", "Kepala Dinas")
    pptk = _signatory(office, "Pelaksana Teknis (contoh)", "Pejabat Pelaksana Teknis Kegiatan")
    treasurer = _signatory(office, "Bendahara (contoh)", "Bendahara Pengeluaran")
    for program in programs:
        PaperSettings.objects.create(
            program=program,
            signer=head,
            certificate_signer=head,
            pptk=pptk,
            treasurer=treasurer,
            copies_to="Bupati (sebagai laporan)\nInspektur Daerah",
            transport_amount=100_000,
        )
        CommitteeMember.objects.bulk_create(
            CommitteeMember(program=program, place=place, name=f"{duty} panitia (contoh)", duty=duty)
            for place, duty in enumerate(_COMMITTEE, start=1)
        )


def _signatory(office: Office, name: str, position: str) -> Signatory:
    return Signatory.objects.create(office=office, name=name, position=position)
