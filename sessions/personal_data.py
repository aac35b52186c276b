"""What personal data this app holds; gathered by `rtportal/privacy/register.py`."""

from rtportal.lib.personal_data import Basis, Held, Holding, NotPersonal, Person, Protection

SPEAKERS = "Narasumber"
_SPEAKING = "mengundang narasumber dan menyusun acara"
_OFFICE = "petugas kabupaten/kota"

HOLDINGS = [
    Holding(
        "training_sessions.Speaker",
        SPEAKERS,
        Person.SPEAKER,
        (
            Held("gelar_depan"),
            Held("name"),
            Held("gelar_belakang"),
            Held("position"),
            Held("institution"),
            Held("phone"),
            Held("email"),
            Held("topics"),
            Held("link_hash", "Tautan pribadi", Protection.HASHED),
        ),
        purpose=_SPEAKING,
        source="petugas, atau narasumber sendiri",
        recipients=f"{_OFFICE}; peserta (nama, jabatan, dan instansi pada acara)",
        retention="narasumber",
        others=("link_id", "version"),
    ),
    Holding(
        "training_sessions.SessionSpeaker",
        SPEAKERS,
        Person.SPEAKER,
        (Held("role"), Held("status"), Held("status_at"), Held("decline_reason")),
        purpose=_SPEAKING,
        source="narasumber sendiri, atau petugas",
        recipients=_OFFICE,
        retention="narasumber",
    ),
    Holding(
        "training_sessions.SpeakerInvitation",
        SPEAKERS,
        Person.SPEAKER,
        (Held("invited_at"),),
        purpose=_SPEAKING,
        source="petugas",
        recipients=_OFFICE,
        retention="narasumber",
    ),
    Holding(
        "training_sessions.SpeakerFee",
        SPEAKERS,
        Person.SPEAKER,
        (Held("amount"), Held("tax_percent"), Held("paid_at")),
        purpose="mempertanggungjawabkan honorarium",
        source="bendahara atau petugas",
        recipients=f"{_OFFICE}, pemeriksa",
        retention="narasumber",
        basis=Basis.LAW,
    ),
]

NOT_PERSONAL = [
    NotPersonal("training_sessions.AgendaTemplate", "Susunan acara tanpa orang."),
    NotPersonal("training_sessions.Material", "Bahan paparan; pemiliknya ada pada narasumber."),
    NotPersonal("training_sessions.SpeakerBooking", "Jam yang terpakai; orangnya ada pada narasumber."),
    NotPersonal("training_sessions.TrainingSession", "Acara: jam, judul, ruang."),
]
