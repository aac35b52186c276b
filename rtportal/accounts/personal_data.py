"""What personal data officials' accounts hold, those of the sign-in library included."""

from rtportal.lib.personal_data import Held, Holding, NotPersonal, Person, Protection

ACCOUNTS = "Akun petugas"
_SIGNING_IN = "mengenali petugas yang masuk dan menjaga akunnya"
_SELF = "petugas sendiri, atau admin yang mengundangnya"
_ADMINS = "admin di wilayahnya"

HOLDINGS = [
    Holding(
        "accounts.User",
        ACCOUNTS,
        Person.OFFICIAL,
        (
            Held("name"),
            Held("email"),
            Held("password", "kata sandi", Protection.HASHED),
            Held("last_login", "masuk terakhir"),
            Held("date_joined", "akun dibuat pada"),
            Held("is_active", "akun aktif"),
        ),
        purpose=_SIGNING_IN,
        source=_SELF,
        recipients=_ADMINS,
        retention="akun",
        others=("is_superuser", "is_staff"),
    ),
    Holding(
        "accounts.Assignment",
        ACCOUNTS,
        Person.OFFICIAL,
        (Held("role"),),
        purpose="menentukan apa yang boleh dilihat dan dilakukan petugas",
        source="admin",
        recipients=_ADMINS,
        retention="akun",
    ),
    Holding(
        "account.EmailAddress",
        ACCOUNTS,
        Person.OFFICIAL,
        (Held("email", "alamat e-mail"), Held("verified", "alamat sudah dipastikan")),
        purpose=_SIGNING_IN,
        source=_SELF,
        recipients="tidak ada",
        retention="akun",
        others=("primary",),
    ),
    Holding(
        "mfa.Authenticator",
        ACCOUNTS,
        Person.OFFICIAL,
        (
            Held("data", "kunci faktor kedua", Protection.SEALED),
            Held("created_at", "didaftarkan pada"),
            Held("last_used_at", "terakhir dipakai"),
        ),
        purpose=_SIGNING_IN,
        source="petugas sendiri",
        recipients="tidak ada",
        retention="akun",
        others=("type",),
        record="Pengaman kedua",
    ),
    Holding(
        "usersessions.UserSession",
        ACCOUNTS,
        Person.OFFICIAL,
        (
            Held("ip", "alamat IP"),
            Held("user_agent", "peramban"),
            Held("created_at", "masuk pada"),
            Held("last_seen_at", "terakhir terlihat"),
            Held("data", "keterangan sesi"),
        ),
        purpose="menunjukkan dan mengakhiri sesi yang masih terbuka",
        source="peramban petugas",
        recipients="petugas sendiri",
        retention="sesi",
        others=("session_key",),
        record="Perangkat yang masuk",
    ),
    Holding(
        "sessions.Session",
        ACCOUNTS,
        Person.OFFICIAL,
        (Held("session_data", "isi sesi"),),
        purpose=_SIGNING_IN,
        source="portal",
        recipients="tidak ada",
        retention="sesi",
        others=("session_key", "expire_date"),
    ),
]

_LIBRARY = "Milik pustaka, tidak dipakai portal."
NOT_PERSONAL = [
    NotPersonal("account.EmailConfirmation", "Kunci sementara untuk alamat pada akun."),
    NotPersonal("auth.Group", _LIBRARY),
    NotPersonal("auth.Permission", _LIBRARY),
    NotPersonal("contenttypes.ContentType", _LIBRARY),
]
