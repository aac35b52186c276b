"""Speakers who have not spoken for long are forgotten; whoever may still come is not."""

from datetime import timedelta

import pytest

from rtportal.lib import clock
from rtportal.privacy.retention import GONE
from rtportal.privacy.use_cases.purge_expired import purge_expired
from tests import factories
from tests.rtportal.privacy.agreements import agreed_admin

pytestmark = pytest.mark.django_db
NOW = clock.now()


@pytest.mark.parametrize(("days", "is_gone"), [(-2_500, True), (-100, False), (30, False)])
def test_a_speaker_is_forgotten_when_all_sessions_are_long_over(days: int, *, is_gone: bool) -> None:
    factories.regions()
    agreed_admin()
    speaker = factories.speaker(name="Candra", phone="+6281200000000")
    wave = factories.wave(on=clock.local_date(NOW + timedelta(days=days), "WITA"))
    factories.session(wave=wave, speakers=[speaker])
    purge_expired(now=NOW)
    speaker.refresh_from_db()
    assert (speaker.name == GONE, speaker.phone == "") == (is_gone, is_gone)
    assert speaker.position == "Kepala BNNK Tabalong"


def test_a_speaker_whom_nobody_asked_yet_stays() -> None:
    factories.regions()
    agreed_admin()
    speaker = factories.speaker(name="Candra")
    purge_expired(now=NOW)
    speaker.refresh_from_db()
    assert speaker.name == "Candra"
