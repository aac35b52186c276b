"""Who can sign in to the demo."""

from rtportal.accounts.models import Assignment, User

PASSWORD = "rukun-tetangga"  # noqa: S105 - printed at every start of the demo, never used elsewhere

Role = Assignment.Role

# e-mail, name, role, region code
ACCOUNTS = (
    ("admin.tabalong@contoh.invalid", "Admin Tabalong (contoh)", Role.ADMIN, "63.09"),
    ("petugas.tabalong@contoh.invalid", "Petugas DPMD Tabalong (contoh)", Role.OFFICIAL, "63.09"),
    ("kecamatan.jaro@contoh.invalid", "Operator Kecamatan Jaro (contoh)", Role.DISTRICT_OPERATOR, "63.09.11"),
    ("pengamat.tabalong@contoh.invalid", "Pengamat Tabalong (contoh)", Role.VIEWER, "63.09"),
    ("admin.jambi@contoh.invalid", "Admin Kota Jambi (contoh)", Role.ADMIN, "15.71"),
    ("petugas.jambi@contoh.invalid", "Petugas Kota Jambi (contoh)", Role.OFFICIAL, "15.71"),
)


def make_accounts() -> dict[str, User]:
    """Create the accounts; returns them by e-mail."""
    made = {}
    for email, name, role, region in ACCOUNTS:
        made[email] = User.objects.create_user(email, PASSWORD, name=name)
        Assignment.objects.create(user=made[email], role=role, region_id=region)
    return made
