"""What personal data this app holds; gathered by `register.py`."""

from rtportal.lib.personal_data import Basis, Held, Holding, NotPersonal, Person

_ADMINS = "admin kabupaten/kota"

HOLDINGS = [
    Holding(
        "privacy.Incident",
        "Insiden data pribadi",
        Person.OFFICIAL,
        (Held("contact"), Held("happened"), Held("remedy"), Held("whose")),
        purpose="memberitahukan kegagalan pelindungan data pribadi (Pasal 46 UU 27/2022)",
        source="petugas",
        recipients=f"{_ADMINS}, orang yang datanya terungkap, lembaga pelindungan data pribadi",
        retention="riwayat",
        basis=Basis.LAW,
        others=(
            "title",
            "discovered_at",
            "due_at",
            "data_kinds",
            "people_count",
            "state",
            "people_told_at",
            "agency_told_at",
            "recorded_at",
            "version",
        ),
    ),
    Holding(
        "privacy.IncidentChange",
        "Insiden data pribadi",
        Person.OFFICIAL,
        (Held("at"), Held("facts", "perubahan isian")),
        purpose="membuktikan apa yang diketahui dan dilakukan, dan kapan",
        source="portal",
        recipients=_ADMINS,
        retention="riwayat",
        basis=Basis.LAW,
        others=("sentence",),
    ),
]

NOT_PERSONAL = [
    NotPersonal("privacy.RetentionSetting", "Masa simpan dalam bulan."),
    NotPersonal("privacy.RetentionAgreement", "Sejak kapan masa simpan suatu kabupaten/kota berlaku."),
    NotPersonal("privacy.PurgeRecord", "Jumlah yang dimusnahkan, tanpa isinya."),
    NotPersonal("privacy.DoomedFile", "Letak berkas yang sedang dihapus."),
    NotPersonal("privacy.KeyMark", "Tanda kunci penyegel yang dipakai, tanpa kuncinya."),
]
