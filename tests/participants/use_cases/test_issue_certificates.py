import pytest

from participants.models import Certificate, Enrolment
from participants.use_cases.issue_certificates import issue_certificates
from participants.use_cases.revoke_certificate import revoke_certificate
from programs.errors import Refusal
from programs.models import PaperSettings, Wave
from rtportal.audit.models import AuditEvent
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, NOW
from tests.infra.together import together
from tests.participants.certified import after, attended, issued, taught_wave
from tests.participants.papers import enrol_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def official():
    factories.regions(MURUNG_PUDAK, JARO)
    return factories.user()


def test_each_gets_the_next_number_of_the_programme_and_a_code_of_their_own(official):
    wave, session, (first, second, _) = taught_wave()
    made = issued(wave, session, first, second, by=official)
    assert [(one.serial, one.number, one.holder, one.share) for one in made] == [
        (1, "001/SERTIFIKAT/IV/2026", first.head.full_name, 100),
        (2, "002/SERTIFIKAT/IV/2026", second.head.full_name, 100),
    ]
    codes = {one.check_code for one in Certificate.objects.all()}
    assert (len(codes), {len(code) for code in codes}) == (2, {18})
    [line] = AuditEvent.objects.filter(action="certificates.issued")
    assert line.sentence == (
        "Menerbitkan 2 sertifikat Gelombang 1: nomor 001/SERTIFIKAT/IV/2026 sampai 002/SERTIFIKAT/IV/2026."
    )
    assert line.subject == wave.group


def test_a_second_press_adds_only_who_has_earned_one_since(official):
    wave, session, (first, second, _) = taught_wave()
    issued(wave, session, first, by=official)
    assert issue_certificates(wave=wave, by=official, now=after(wave)) == []
    attended(session, second, by=official)
    [late] = issue_certificates(wave=wave, by=official, now=after(wave))
    assert (late.serial, late.enrolment_id) == (2, second.pk)
    assert AuditEvent.objects.filter(action="certificates.issued").count() == 2


def test_numbers_go_on_in_the_next_wave_of_the_programme_in_its_own_pattern(official):
    wave, session, (first, *_) = taught_wave()
    PaperSettings.objects.create(program=wave.program, certificate_number="800/{urut}/DPMD/{tahun}")
    issued(wave, session, first, by=official)
    later = factories.wave(program=wave.program, number=2, areas=(JARO,))
    [person] = enrol_many(later, [factories.head(number="077")])
    [made] = issued(later, factories.session(wave=later), person, by=official)
    assert made.number == "800/002/DPMD/2026"


@pytest.mark.parametrize("state", [{"ends_at": None}, {"cancelled_at": NOW}])
def test_a_wave_that_is_not_over_or_called_off_certifies_nobody(official, state):
    wave, session, people = taught_wave()
    attended(session, *people, by=official)
    now = after(wave)
    if state == {"cancelled_at": NOW}:
        Wave.objects.update(**state)
    else:
        now = session.starts_at
    with pytest.raises(Refusal):
        issue_certificates(wave=wave, by=official, now=now)
    assert not Certificate.objects.exists()


def test_what_is_issued_does_not_follow_the_person(official):
    wave, session, (first, *_) = taught_wave()
    [made] = issued(wave, session, first, by=official)
    was = made.holder
    first.head.name = "Orang Lain"
    first.head.save()
    made.refresh_from_db()
    assert made.holder == was


def test_who_was_revoked_gets_another_only_when_named(official):
    wave, session, (first, second, absent) = taught_wave()
    made, _ = issued(wave, session, first, second, by=official)
    revoke_certificate(certificate=made, reason="Salah nama", by=official, now=after(wave))
    assert issue_certificates(wave=wave, by=official, now=after(wave)) == []
    [anew] = issue_certificates(wave=wave, by=official, now=after(wave), again=[first.pk])
    assert (anew.serial, anew.enrolment_id) == (3, first.pk)
    for nobody in (first.pk, absent.pk, 999_999):
        with pytest.raises(Refusal):
            issue_certificates(wave=wave, by=official, now=after(wave), again=[nobody])


@pytest.mark.django_db(transaction=True)
def test_two_officials_at_once_give_each_person_one_and_each_number_once(official):
    wave, session, people = taught_wave(6)
    attended(session, *people, by=official)
    other = factories.wave(program=wave.program, number=2, areas=(JARO,))
    there = factories.session(wave=other)
    enrol_many(other, [factories.head(number=f"7{n}", phone=f"+62813000{n:04d}") for n in range(5)])
    attended(there, *other.enrolments.all(), by=official)
    presses = [
        lambda wave=one: issue_certificates(wave=wave, by=official, now=after(wave)) for one in (wave, other, wave)
    ]
    answers = together(*presses)
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert list(Certificate.objects.order_by("serial").values_list("serial", flat=True)) == list(range(1, 12))
    assert Certificate.objects.values("enrolment").distinct().count() == Enrolment.objects.count() == 11
