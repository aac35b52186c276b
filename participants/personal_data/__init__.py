"""What personal data this app holds; gathered by `rtportal/privacy/register.py`."""

from participants.personal_data import identity, invitations, presence, proofs, rights
from rtportal.lib.personal_data import NotPersonal

HOLDINGS = [
    *identity.HOLDINGS,
    *invitations.HOLDINGS,
    *presence.HOLDINGS,
    *proofs.HOLDINGS,
    *rights.HOLDINGS,
]

NOT_PERSONAL = [
    NotPersonal("participants.RT", "Satuan wilayah; orangnya ada pada ketua RT."),
    NotPersonal("participants.ColumnMapping", "Susunan kolom berkas, tanpa isi barisnya."),
    NotPersonal("participants.DoorDevice", "Meja di pintu: perangkat panitia, bukan orang."),
    NotPersonal("participants.PaperSheet", "Keadaan satu lembar; orangnya ada pada barisnya."),
    NotPersonal("participants.Reminder", "Jadwal pengingat satu gelombang."),
]
