"""What personal data this app holds; gathered by `rtportal/privacy/register.py`."""

from rtportal.lib.personal_data import Held, Holding, Person, Protection

HOLDINGS = [
    Holding(
        "trust.OfficialInvitation",
        "Akun petugas",
        Person.OFFICIAL,
        (
            Held("email"),
            Held("name"),
            Held("role"),
            Held("link_hash", "tautan undangan", Protection.HASHED),
            Held("invited_at"),
            Held("expires_at"),
            Held("accepted_at"),
            Held("withdrawn_at"),
        ),
        purpose="mengundang petugas baru dan mencatat siapa yang mengundangnya",
        source="admin",
        recipients="admin di wilayahnya",
        retention="undangan-petugas",
        others=("link_id",),
    )
]
