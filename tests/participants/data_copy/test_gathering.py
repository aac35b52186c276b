"""Everything about one head: whole by the register, and nothing of anybody else."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.data_copy.gathering import KEPT_HASHED, as_json, copy_of
from participants.data_copy.portions import ELSEWHERE, PORTIONS
from participants.models import Answer, Certificate, EnrolmentSuccession, RTHead
from participants.nik_store import digest_of, sealed
from participants.use_cases.invite_participants import invite_participants
from rtportal.audit.record import record
from rtportal.lib.personal_data import Person
from rtportal.messaging.models import Message, OptOut, Reply
from rtportal.privacy.register import holding_of, holdings
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
NIK = "6309061203700001"


@pytest.fixture
def world():
    """A head with an answer, messages and a certificate, and another one beside them."""
    factories.regions()
    mine = factories.head(
        number="005", name="Ahmad Fauzi", nik_encrypted=sealed(NIK), nik_digest=digest_of(NIK), email="ahmad@rt.test"
    )
    other = factories.head(number="006", name="Budi Santoso", phone="+6281299990000")
    wave = factories.wave()
    official = factories.user(name="Siti Rahmah")
    invite_participants(wave_id=wave.pk, by=official, now=NOW)
    for head in (mine, other):
        seat = wave.enrolments.get(head=head)
        Answer.objects.create(
            enrolment=seat, kind="declined", reason=f"{head.name} sakit", channel="phone", at=NOW, actor=official
        )
    OptOut.objects.create(channel="email", address="ahmad@rt.test", since=NOW, source="balasan")
    OptOut.objects.create(channel="email", address="budi@rt.test", since=NOW, source="balasan")
    seat = wave.enrolments.get(head=mine)
    Reply.objects.create(
        channel="email",
        external_id="1",
        address="ahmad@rt.test",
        text="Terima kasih",
        received_at=NOW,
        message=Message.objects.get(about_id=seat.pk),
    )
    return mine, other, seat


def document(head: RTHead) -> dict:
    return json.loads(as_json(copy_of(head, now=NOW)))


def test_every_model_about_heads_has_its_portion_or_says_where_it_is() -> None:
    about_heads = {one.model for one in holdings() if one.whose in {Person.HEAD, Person.COMPANION, Person.GUEST}}
    assert about_heads - {portion.model for portion in PORTIONS} - set(ELSEWHERE) == set()


def test_every_declared_field_of_every_portion_is_in_it(world) -> None:
    mine, _, seat = world
    Certificate.objects.create(
        enrolment=seat,
        program=seat.program,
        serial=1,
        number="001/S",
        holder="Ahmad Fauzi",
        share=100,
        check_code="x",
        issued_at=NOW,
        issued_by=factories.user(),
    )
    found = document(mine)
    for portion in PORTIONS:
        names = {held.name for held in holding_of(portion.model).fields}
        for row in found[portion.key]:
            assert names <= set(row), portion.key
    assert [len(found[key]) for key in ("head", "enrolments", "answers", "messages", "replies", "certificates")] == [
        1
    ] * 6


def test_nothing_of_another_head_is_in_it(world) -> None:
    mine, other, _ = world
    text = as_json(copy_of(mine, now=NOW))
    for theirs in ("Budi", other.phone, "budi@rt.test", str(wave_seat(other).link_hash)):
        assert theirs not in text


def wave_seat(head: RTHead):
    return head.enrolments.get()


def test_no_nik_and_no_hash_leave_the_portal(world) -> None:
    mine, _, seat = world
    text = as_json(copy_of(mine, now=NOW))
    assert NIK not in text
    assert digest_of(NIK) not in text
    assert seat.link_hash not in text
    assert "6309••••••••0001" in text
    assert KEPT_HASHED in text


def test_what_the_successor_answers_is_not_the_predecessors(world) -> None:
    mine, _, seat = world
    successor = factories.head(number="007", name="Candra Wijaya")
    later = NOW + timedelta(days=1)
    EnrolmentSuccession.objects.create(enrolment=seat, from_head=mine, to_head=successor, at=later)
    seat.head = successor
    seat.save()
    Answer.objects.create(enrolment=seat, kind="confirmed", channel="link", at=later + timedelta(hours=1))
    before, after = document(mine), document(successor)
    assert [row["reason"] for row in before["answers"]] == ["Ahmad Fauzi sakit"]
    assert [row["kind"] for row in after["answers"]] == ["confirmed"]
    assert (len(before["enrolments"]), len(after["enrolments"])) == (0, 1)
    assert "Candra" not in json.dumps(before)
    assert "Ahmad" not in json.dumps(after)


def test_an_earlier_term_of_the_same_person_is_theirs_too(world) -> None:
    mine, _, _ = world
    factories.head(number="009", name="Ahmad Fauzi", nik_digest=mine.nik_digest, is_current=False)
    assert len(document(mine)["head"]) == 2


@pytest.mark.parametrize(
    ("name", "village"), [("Budi Santoso", f"{factories.JARO}.2001"), ("Ahmad Fauzi", f"{factories.JAMBI}.01.1001")]
)
def test_somebody_with_the_same_nik_but_another_name_or_kabupaten_is_not_taken_for_them(world, name, village) -> None:
    mine, _, _ = world
    decoy = factories.head(village=village, number="019", name=name, nik_digest=mine.nik_digest, phone="+6281277770000")
    assert [row["name"] for row in document(mine)["head"]] == ["Ahmad Fauzi"]
    assert decoy.phone not in as_json(copy_of(mine, now=NOW))
    assert mine.email not in as_json(copy_of(decoy, now=NOW))


def test_who_looked_is_said_by_role_and_without_names(world) -> None:
    mine, other, seat = world
    official = factories.user(name="Rina Sari")
    common = {"at": NOW, "actor": official, "region_code": factories.TABALONG, "subject": seat.wave.group}
    record(
        action="file.downloaded",
        sentence="Mengunduh “Daftar peserta Gelombang 1”.",
        data={"export": "daftar-peserta"},
        **common,
    )
    record(
        action="answer.recorded",
        sentence="Jawaban Budi Santoso dicatat.",
        data={"enrolment": wave_seat(other).pk},
        **common,
    )
    record(action="file.downloaded", sentence="Sertifikat Budi Santoso", data={"export": "sertifikat"}, **common)
    lines = document(mine)["history"]
    assert [line["who"] for line in lines if "Daftar peserta" in line["what"]] == [
        "Petugas pelaksana Kabupaten Tabalong"
    ]
    assert "Rina" not in json.dumps(lines)
    assert "Budi" not in json.dumps(lines)


def test_more_rows_need_no_more_queries(world, django_assert_num_queries) -> None:
    mine, _, seat = world
    with CaptureQueriesContext(connection) as few:
        copy_of(mine, now=NOW)
    for _ in range(5):
        Answer.objects.create(enrolment=seat, kind="confirmed", channel="link", at=NOW)
    with django_assert_num_queries(len(few)):
        copy_of(mine, now=NOW)
