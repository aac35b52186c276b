"""What personal data this app holds; gathered by `rtportal/privacy/register.py`."""

from rtportal.lib.personal_data import Basis, Held, Holding, NotPersonal, Person

FILES = "Berkas"

HOLDINGS = [
    Holding(
        "documents.GeneratedFile",
        FILES,
        Person.HEAD,
        (Held("path", "isi berkas ekspor dan surat"), Held("title"), Held("filename"), Held("purpose"), Held("params")),
        purpose="memberikan daftar dan surat kepada petugas yang berhak",
        source="data portal",
        recipients="petugas yang memintanya; setiap unduhan tercatat",
        retention="berkas-ekspor",
        others=(
            "export",
            "format",
            "region_code",
            "subject",
            "is_unmasked",
            "fingerprint",
            "state",
            "rows_total",
            "rows_done",
            "lease_until",
            "attempt_count",
            "failure",
            "requested_at",
            "finished_at",
        ),
    ),
    Holding(
        "documents.SignedPaper",
        FILES,
        Person.HEAD,
        (Held("path", "surat bertanda tangan"), Held("title"), Held("name"), Held("params")),
        purpose="mempertanggungjawabkan kegiatan dan uang daerah",
        source="petugas",
        recipients="petugas kabupaten/kota, pemeriksa",
        retention="bukti",
        basis=Basis.LAW,
        others=("export", "region_code", "subject", "size", "sha256", "uploaded_at"),
    ),
]

NOT_PERSONAL = [NotPersonal("documents.ExportPreset", "Susunan kolom ekspor.")]
