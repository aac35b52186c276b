"""What personal data this app holds: none."""

from rtportal.lib.personal_data import NotPersonal

NOT_PERSONAL = [NotPersonal("regions.Region", "Wilayah resmi.")]
