from datetime import timedelta

import pytest

from rtportal.accounts.models import Assignment
from rtportal.audit.models import AuditEvent
from rtportal.regions.models import Region
from rtportal.trust.errors import OfficialRefused
from rtportal.trust.invitation_links import invitation_hash, invitation_token
from rtportal.trust.models import OfficialInvitation
from rtportal.trust.use_cases.invite_official import invite_official
from rtportal.trust.use_cases.resend_invitation import resend_invitation
from rtportal.trust.use_cases.withdraw_invitation import withdraw_invitation
from tests import factories
from tests.rtportal.trust.cast import cast

pytestmark = pytest.mark.django_db
NOW = factories.NOW


@pytest.fixture
def people():
    return cast()


def invite(actor, role="official", region=factories.TABALONG, email="Baru@Tabalong.test"):
    place = Region.objects.get(code=region)
    return invite_official(name="Nor Baru", email=email, role=role, region=place, actor=actor, now=NOW)


def test_the_link_is_stored_as_a_hash_only_and_holds_for_seven_days(people):
    invitation = invite(people.admin)
    assert invitation.email == "baru@tabalong.test"
    assert invitation.link_hash == invitation_hash(invitation.link_id)
    assert invitation_token(invitation.link_id) not in str(OfficialInvitation.objects.values().get())
    assert invitation.expires_at == NOW + timedelta(days=7)
    line = AuditEvent.objects.get(action="official.invited")
    assert (line.actor, line.region_code) == (people.admin, factories.TABALONG)


@pytest.mark.parametrize(
    ("who", "role", "region"),
    [
        ("admin", "viewer", factories.JAMBI),
        ("admin", "viewer", "63"),
        ("below", "viewer", factories.TABALONG),
        ("below", "official", factories.MUARA_UYA),
        ("official", "viewer", factories.TABALONG),
        ("operator", "viewer", factories.JARO),
    ],
)
def test_nobody_invites_above_or_outside_their_rights(people, who, role, region):
    with pytest.raises(OfficialRefused, match="hak Anda sendiri"):
        invite(getattr(people, who), role, region)
    assert not OfficialInvitation.objects.exists()


def test_whoever_holds_the_role_or_was_offered_it_is_not_invited_again(people):
    with pytest.raises(OfficialRefused, match="sudah memegang peran itu"):
        invite(people.admin, email=people.official.email)
    invite(people.admin)
    with pytest.raises(OfficialRefused, match="sudah diundang"):
        invite(people.colleague)
    assert OfficialInvitation.objects.count() == 1
    assert invite(people.admin, role="viewer").role == Assignment.Role.VIEWER


def test_sent_again_the_old_link_opens_nothing_and_the_new_one_holds_seven_days_more(people):
    first = invite(people.admin)
    later = NOW + timedelta(days=30)
    again = resend_invitation(invitation=first, actor=people.colleague, now=later)
    assert again.link_hash != first.link_hash
    assert again.is_open(later)
    assert again.invited_by == people.colleague
    assert not OfficialInvitation.objects.filter(link_hash=first.link_hash).exists()


def test_what_was_taken_back_is_not_sent_again(people):
    invitation = invite(people.admin)
    assert withdraw_invitation(invitation=invitation, actor=people.admin, now=NOW)
    assert not withdraw_invitation(invitation=invitation, actor=people.admin, now=NOW)
    with pytest.raises(OfficialRefused, match="sudah diterima atau ditarik"):
        resend_invitation(invitation=invitation, actor=people.admin, now=NOW)
    assert not OfficialInvitation.objects.open(NOW).exists()
    assert AuditEvent.objects.filter(action="official.invitation_withdrawn").count() == 1


def test_nobody_sends_again_what_they_could_not_offer(people):
    invitation = invite(people.admin)
    with pytest.raises(OfficialRefused):
        resend_invitation(invitation=invitation, actor=people.below, now=NOW)
