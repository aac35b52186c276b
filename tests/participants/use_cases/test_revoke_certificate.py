import pytest

from participants.use_cases.revoke_certificate import revoke_certificate
from programs.errors import Refusal
from rtportal.audit.models import AuditEvent
from tests import factories
from tests.participants.certified import after, issued, taught_wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate():
    wave, session, (first, *_) = taught_wave()
    [made] = issued(wave, session, first, by=factories.user())
    return made


def revoke(certificate, reason="Salah nama"):
    wave = certificate.enrolment.wave
    revoke_certificate(certificate=certificate, reason=reason, by=certificate.issued_by, now=after(wave))
    certificate.refresh_from_db()


def test_it_is_void_with_who_when_and_why(certificate):
    revoke(certificate, " Salah\0 nama ")
    assert (certificate.revoke_reason, certificate.revoked_by) == ("Salah nama", certificate.issued_by)
    line = AuditEvent.objects.get(action="certificate.revoked")
    assert line.sentence.endswith(f"{certificate.number} atas nama {certificate.holder}: Salah nama")


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_a_reason_is_needed_and_fits(certificate, reason):
    with pytest.raises(Refusal) as refused:
        revoke(certificate, reason)
    certificate.refresh_from_db()
    assert (refused.value.field, certificate.revoked_at) == ("reason", None)


def test_a_second_time_is_refused_and_changes_nothing(certificate):
    revoke(certificate)
    with pytest.raises(Refusal):
        revoke(certificate, "Lain")
    certificate.refresh_from_db()
    assert certificate.revoke_reason == "Salah nama"
