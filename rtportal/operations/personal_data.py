"""What personal data this app holds: none."""

from rtportal.lib.personal_data import NotPersonal

NOT_PERSONAL = [
    NotPersonal("operations.BackupRun", "Kapan cadangan dibuat, berapa besarnya, dan berhasil atau tidaknya.")
]
