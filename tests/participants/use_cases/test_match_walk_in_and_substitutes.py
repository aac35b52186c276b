import pytest

from participants.use_cases.match_walk_in import match_walk_in
from tests import factories
from tests.factories import NOW
from tests.participants.door_world import desk, guest
from tests.participants.substitutes import name_substitute

pytestmark = pytest.mark.django_db


def test_who_becomes_a_head_of_the_wave_stands_in_for_no_other_one():
    factories.regions()
    official = factories.user()
    session = factories.session(wave=factories.wave())
    represented = name_substitute(factories.enrolment(wave=session.wave))
    visitor = guest(session, desk(session.wave, by=official))
    head = factories.head(number="002", name="Budi Santoso", phone="+6281311112222")
    match_walk_in(walk_in_id=visitor.pk, head_id=head.pk, actor=official, now=NOW)
    represented.refresh_from_db()
    assert (represented.answer, represented.substitute_state) == ("", "refused")
