"""What proves an event and its money."""

from rtportal.lib.personal_data import Basis, Held, Holding, Person

PROOFS = "Bukti kegiatan"
_PROVING = "mempertanggungjawabkan kegiatan dan uang daerah"

HOLDINGS = [
    Holding(
        "participants.Certificate",
        PROOFS,
        Person.HEAD,
        (
            Held("serial"),
            Held("number"),
            Held("holder"),
            Held("represents"),
            Held("share"),
            Held("check_code"),
            Held("issued_at"),
            Held("revoked_at"),
            Held("revoke_reason"),
        ),
        purpose="menerbitkan sertifikat yang dapat diperiksa siapa pun",
        source="catatan kehadiran",
        recipients="siapa pun yang memegang kode pada sertifikat (nama, kegiatan, berlaku atau tidak)",
        retention="bukti",
    ),
    Holding(
        "participants.Payment",
        PROOFS,
        Person.HEAD,
        (Held("amount"), Held("tax"), Held("received_by"), Held("paid_at")),
        purpose=_PROVING,
        source="bendahara atau petugas",
        recipients="petugas kabupaten/kota, pemeriksa",
        retention="bukti",
        basis=Basis.LAW,
    ),
    Holding(
        "participants.WavePhoto",
        PROOFS,
        Person.HEAD,
        (Held("caption", "foto kegiatan dan keterangannya"), Held("path", "berkas foto")),
        purpose=_PROVING,
        source="petugas",
        recipients="petugas kabupaten/kota",
        retention="dokumentasi",
        others=("uploaded_at",),
    ),
    Holding(
        "participants.WaveReport",
        PROOFS,
        Person.HEAD,
        (Held("minutes", "notulen"), Held("evaluation"), Held("conclusion")),
        purpose=_PROVING,
        source="petugas",
        recipients="petugas kabupaten/kota",
        retention="dokumentasi",
        others=("version",),
    ),
]
