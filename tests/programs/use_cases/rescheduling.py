"""A change of a wave as officials send it, and as they accept its preview."""

from datetime import timedelta

import pytest

from participants.schedule_change import Acceptance
from programs.use_cases.reschedule_wave import NeedsAcceptance, reschedule_wave
from tests.factories import NOW

A_WEEK = timedelta(days=7)


def asked(wave, *, version=1, now=NOW, actor=None, **changes):
    """The change as it is first sent."""
    kept = ("number", "venue", "starts_at", "ends_at")
    wishes = {name: getattr(wave, name) for name in kept}
    wishes["areas"] = list(wave.areas.values_list("code", flat=True))
    return reschedule_wave(wave=wave, version=version, **wishes | changes, actor=actor, now=now)


def change(wave, **wishes):
    """The change, accepted as its preview shows it where there is one."""
    try:
        return asked(wave, **wishes)
    except NeedsAcceptance as needed:
        return asked(wave, **wishes, acceptance=accepting(needed.preview))


def accepting(preview):
    return Acceptance(preview.token, frozenset(clash.key for clash in preview.warnings))


def preview_of(wave, **wishes):
    with pytest.raises(NeedsAcceptance) as needed:
        asked(wave, **wishes)
    return needed.value.preview


def later(wave, by=A_WEEK):
    return {"starts_at": wave.starts_at + by, "ends_at": wave.ends_at + by}
