"""What a newcomer reads when the portal is up."""

from participants.links import personal_url
from participants.management.demo.accounts import ACCOUNTS, PASSWORD
from participants.models import Enrolment
from rtportal.accounts.models import Assignment, User


def greeting(base_url: str) -> str:
    """`Siap: …` and, where the demo's accounts are in the database, who can sign in and one RT head's link."""
    lines = ["", f"Siap: {base_url}"]
    present = set(User.objects.filter(email__in=[row[0] for row in ACCOUNTS]).values_list("email", flat=True))
    shown = [row for row in ACCOUNTS if row[0] in present]
    if shown:
        lines += ["", f"Akun contoh (kata sandi: {PASSWORD})"]
        lines += [f"  {email:<36}{Assignment.Role(role).label}, {name}" for email, name, role, _ in shown]
        if link := _one_link():
            lines += ["", "Halaman seorang ketua RT (contoh)", f"  {link}"]
    lines += ["", "Tekan Ctrl+C untuk berhenti."]
    return "\n".join(lines)


def _one_link() -> str:
    """The personal link of the enrolment whose wave is furthest ahead: one that can still be answered if any can."""
    invited = Enrolment.objects.filter(link_revoked_at=None, invited_at__isnull=False)
    link_id = invited.order_by("-wave__starts_at", "pk").values_list("link_id", flat=True).first()
    return personal_url(link_id) if link_id else ""
