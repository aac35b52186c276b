"""The sheet of the day: finding people and counting them."""

import pytest

from participants.models import Attendance
from participants.queries.attendance import attendance_rows, attendance_totals
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, NOW


@pytest.fixture
def wave(db):
    factories.regions()
    return factories.wave(areas=(MURUNG_PUDAK, JARO))


@pytest.fixture
def session(wave):
    return factories.session(wave=wave)


@pytest.fixture
def official(wave):
    return factories.user()


def invited(wave, **fields):
    answers = {key: fields.pop(key) for key in list(fields) if key.startswith(("answer", "substitute"))}
    return factories.enrolment(wave=wave, head=factories.head(**fields), **answers)


def mark(session, official, *people):
    Attendance.objects.bulk_create(
        Attendance(session=session, enrolment=person, marked_at=NOW, marked_by=official) for person in people
    )


def test_people_are_found_by_name_number_and_place(wave, session, official):
    ahmad = invited(wave, name="Ahmad Fauzi", gelar_depan="H.", number="005", rw="002")
    nur = invited(wave, name="Nur Aini", number="002", rw="005", phone="+6281399887766")
    jaro = invited(wave, name="Ahmad Yani", number="005", district=JARO)

    def found(search: str) -> list:
        return list(attendance_rows(wave, session, official, search=search))

    assert found("") == [ahmad, nur, jaro] or set(found("")) == {ahmad, nur, jaro}
    assert set(found("AHMAD")) == {ahmad, jaro}
    assert found("ahmad fauzi") == [ahmad]
    assert found("h. ahmad fauzi") == [ahmad]
    assert set(found("rt 5")) == {ahmad, jaro}
    assert found("5/2") == found("RT 005/RW 002") == found("rt5 rw2") == [ahmad]
    assert found("rw 005") == [nur]
    assert found("kecamatan jaro") == [jaro]
    assert found(f"kel. {nur.village.name} nur") == [nur]
    assert found("0813 99887766") == [nur]
    assert found("99887766") == []
    assert found("081399887766") == found("0813-9988-7766") == found("+6281399887766") == [nur]
    assert found("%") == found("_") == found("tidak ada") == []


def test_a_substitute_is_found_by_name(wave, session, official):
    person = invited(
        wave, answer="represented", answered_at=NOW, substitute_name="Budi Santoso", substitute_phone="+6281211112222"
    )
    assert list(attendance_rows(wave, session, official, search="santoso")) == [person]


def test_the_status_filter_looks_at_this_session_only(wave, session, official):
    here, there = invited(wave, number="001"), invited(wave, number="002")
    mark(session, official, here)
    mark(factories.session(wave=wave, title="Penutupan"), official, there)
    assert list(attendance_rows(wave, session, official, status="sudah")) == [here]
    assert list(attendance_rows(wave, session, official, status="belum")) == [there]
    assert attendance_rows(wave, session, official, status="lain").count() == 2
    assert [len(row.marks) for row in attendance_rows(wave, session, official)] == [1, 0]


def test_an_operator_sees_and_counts_only_the_own_kecamatan(wave, session, official):
    mine, other = invited(wave, district=JARO), invited(wave)
    mark(session, official, mine, other)
    operator = factories.user(role="district_operator", region=JARO)
    assert list(attendance_rows(wave, session, operator)) == [mine]
    totals = attendance_totals(wave, session, operator)
    assert (totals.present, totals.absent, totals.invited) == (1, 0, 1)


def test_a_thousand_rows_take_two_queries_like_one(wave, session, official, django_assert_num_queries):
    people = [invited(wave, number=f"{number:03d}") for number in range(1, 12)]
    mark(session, official, *people[1:])
    rows = attendance_rows(wave, session, official)
    assert len(rows) == 11
    for count in (1, 11):
        with django_assert_num_queries(2):
            list(rows.all()[:count])
