"""What personal data this app holds; gathered by `rtportal/privacy/register.py`."""

from rtportal.lib.personal_data import Basis, Held, Holding, NotPersonal, Person

HOLDINGS = [
    Holding(
        "audit.AuditEvent",
        "Riwayat",
        Person.OFFICIAL,
        (
            Held("at"),
            Held("actor_label"),
            Held("action"),
            Held("sentence", "uraian; dapat menyebut nama ketua RT"),
            Held("data", "rincian"),
        ),
        purpose="merekam seluruh kegiatan pemrosesan (Pasal 31 UU 27/2022)",
        source="portal",
        recipients="admin dan petugas di wilayahnya",
        retention="riwayat",
        basis=Basis.LAW,
        others=("region_code", "subject"),
    )
]

NOT_PERSONAL = [
    NotPersonal("audit.AuditSeal", "Sidik (hash) rantai riwayat."),
    NotPersonal("audit.ChainCheck", "Hasil pemeriksaan rantai riwayat."),
]
