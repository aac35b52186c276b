"""Whether somebody tampered with the history, for the banner of officials and for /sehat/."""

from datetime import datetime

from rtportal.audit import known_faults
from rtportal.web.health import Trouble


def troubles_of_history(now: datetime) -> list[Trouble]:
    """The newest walk over the chain found a fault. No query: every page asks."""
    if not known_faults.known():
        return []
    return [
        Trouble(
            "history",
            "Riwayat portal tidak utuh: pemeriksaan terakhir menemukan catatan yang diubah, dihapus, atau disisipkan. "
            "Hubungi pengelola peladen.",
            is_outage=False,
        )
    ]
