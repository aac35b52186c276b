"""What people asked about their own data."""

from rtportal.lib.personal_data import Basis, Held, Holding, Person

RIGHTS = "Hak atas data pribadi"
_LOCAL = "petugas kabupaten/kota; operator kecamatan dan kelurahan/desa di wilayahnya"
_ANSWERING_RIGHTS = "memenuhi hak ketua RT atas datanya"

HOLDINGS = [
    Holding(
        "participants.DataCorrection",
        RIGHTS,
        Person.HEAD,
        (
            Held("wanted"),
            Held("before"),
            Held("note"),
            Held("state"),
            Held("requested_at"),
            Held("due_at"),
            Held("decided_at"),
            Held("decision_note"),
        ),
        purpose=_ANSWERING_RIGHTS,
        source="ketua RT sendiri",
        recipients=_LOCAL,
        retention="permintaan",
        basis=Basis.LAW,
    ),
    Holding(
        "participants.DataRequest",
        RIGHTS,
        Person.HEAD,
        (
            Held("kind"),
            Held("came_by"),
            Held("note"),
            Held("state"),
            Held("requested_at"),
            Held("due_at"),
            Held("decided_at"),
            Held("decision_note"),
        ),
        purpose=_ANSWERING_RIGHTS,
        source="ketua RT sendiri, lewat halamannya, surat, telepon, atau meja kantor",
        recipients=_LOCAL,
        retention="permintaan",
        basis=Basis.LAW,
    ),
]
