"""A head takes everything that the portal holds about them."""

from datetime import datetime

from participants.models import RTHead
from rtportal.audit.record import record


def record_data_copy(*, head: RTHead, form: str, now: datetime) -> None:
    """Whoever asks has shown the last digits of the head's telephone; `form` is `pdf` or `json`.

    Does: nothing to the data.
    Refuses: nothing.
    Tells: one audit line about the head.
    """
    record(
        at=now,
        actor=None,
        actor_label=f"{head} (tautan pribadi)",
        action="own_data.copied",
        sentence=f"{head} ({head.rt}) mengambil salinan semua datanya sebagai {form.upper()}.",
        region_code=head.rt.village_id,
        subject=f"head:{head.pk}",
        data={"head": head.pk, "form": form},
    )
