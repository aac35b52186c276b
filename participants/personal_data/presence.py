"""Who came, as it was recorded."""

from rtportal.lib.personal_data import Held, Holding, Person

PRESENCE = "Kehadiran"
_LOCAL = "petugas kabupaten/kota; operator kecamatan dan kelurahan/desa di wilayahnya"
_COUNTING = "mencatat kehadiran dan menghitung jam pelajaran"
_DOOR = "panitia di pintu, daftar di layar, atau lembar tanda tangan"

HOLDINGS = [
    Holding(
        "participants.Attendance",
        PRESENCE,
        Person.HEAD,
        (Held("marked_at"), Held("left_at"), Held("minutes"), Held("companions")),
        purpose=_COUNTING,
        source=_DOOR,
        recipients=_LOCAL,
        retention="mantan-ketua",
    ),
    Holding(
        "participants.AttendanceEvent",
        PRESENCE,
        Person.HEAD,
        (
            Held("kind"),
            Held("source"),
            Held("code", "kode yang dipindai atau diketik", retention="pintu"),
            Held("companions"),
            Held("at"),
            Held("device_at"),
            Held("received_at"),
            Held("shown"),
            Held("was_offline"),
            Held("problem"),
            Held("settled_at"),
            Held("settled_note"),
        ),
        purpose=_COUNTING,
        source=_DOOR,
        recipients=_LOCAL,
        retention="mantan-ketua",
        others=("uid", "seq", "undoes"),
    ),
    Holding(
        "participants.PaperLine",
        PRESENCE,
        Person.HEAD,
        (Held("is_signed"), Held("settled_at"), Held("settled_note")),
        purpose=_COUNTING,
        source="lembar tanda tangan",
        recipients=_LOCAL,
        retention="mantan-ketua",
    ),
    Holding(
        "participants.WalkIn",
        PRESENCE,
        Person.GUEST,
        (
            Held("name"),
            Held("unit"),
            Held("place"),
            Held("taken_in_at"),
            Held("has_enrolled"),
            Held("matched_at"),
            Held("dropped_at"),
        ),
        purpose="menerima tamu yang datang tanpa undangan",
        source="panitia di pintu",
        recipients=_LOCAL,
        retention="pintu",
    ),
]
