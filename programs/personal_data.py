"""What personal data this app holds; gathered by `rtportal/privacy/register.py`."""

from rtportal.lib.personal_data import Held, Holding, NotPersonal, Person

PAPERS = "Kantor dan surat"
_WRITING = "menerbitkan surat dan menyebut siapa yang dapat dihubungi"
_EVERYBODY = "penerima surat dan undangan"

HOLDINGS = [
    Holding(
        "programs.Office",
        PAPERS,
        Person.OFFICIAL,
        (Held("contact_name"), Held("contact_phone"), Held("contact_lines")),
        purpose=_WRITING,
        source="petugas",
        recipients=_EVERYBODY,
        retention="jabatan",
        others=("name", "greeting", "address", "city", "logo_path", "version"),
    ),
    Holding(
        "programs.Signatory",
        PAPERS,
        Person.COMMITTEE,
        (Held("gelar_depan"), Held("name"), Held("gelar_belakang"), Held("position"), Held("rank"), Held("nip")),
        purpose=_WRITING,
        source="petugas",
        recipients=_EVERYBODY,
        retention="jabatan",
        others=("version",),
    ),
    Holding(
        "programs.CommitteeMember",
        PAPERS,
        Person.COMMITTEE,
        (Held("name"), Held("nip"), Held("position"), Held("duty")),
        purpose="menerbitkan surat tugas panitia",
        source="petugas",
        recipients="petugas kabupaten/kota, panitia",
        retention="jabatan",
        others=("place",),
    ),
]

NOT_PERSONAL = [
    NotPersonal("programs.CalendarFeed", "Tautan kalender acara."),
    NotPersonal("programs.HallBooking", "Jam pemakaian tempat."),
    NotPersonal("programs.PaperSettings", "Bentuk surat; pejabatnya ada pada penanda tangan."),
    NotPersonal("programs.Program", "Uraian program."),
    NotPersonal("programs.ReminderRule", "Kapan pengingat dikirim."),
    NotPersonal("programs.SpecialDay", "Hari libur dan hari khusus."),
    NotPersonal("programs.Venue", "Tempat acara."),
    NotPersonal("programs.Wave", "Waktu dan tempat satu gelombang."),
    NotPersonal("programs.WaveArea", "Wilayah satu gelombang."),
    NotPersonal("programs.WavePlan", "Pembagian wilayah dengan jumlah orang, tanpa nama."),
    NotPersonal("programs.WavePublication", "Jadwal yang diumumkan; narasumbernya disebut dengan kuncinya."),
]
