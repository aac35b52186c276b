from datetime import timedelta

import pytest

from participants.queries.wave_pages import seats_of
from participants.queries.wave_rows import wave_rows
from programs.models import Wave
from tests import factories
from tests.factories import JARO, MUARA_UYA, MURUNG_PUDAK, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    factories.regions(factories.TABALONG)
    return factories.program(companions="required")


def rows(now=NOW):
    return wave_rows(Wave.objects.select_related("program__region", "venue").order_by("number"), now)


def test_before_the_invitations_heads_of_the_areas_are_counted_after_it_the_invited(program):
    factories.heads(4, district=JARO)
    invited = factories.heads(3, district=MURUNG_PUDAK)[0]
    hall = factories.venue(capacity=5)
    factories.wave(program=program, number=1, areas=(JARO,), venue=hall)
    opened = factories.wave(program=program, number=2, areas=(MURUNG_PUDAK,), invitations_opened_at=NOW)
    factories.enrolment(wave=opened, head=invited)
    first, second = rows()
    assert (first.seats.heads, first.seats.needed, first.seats.missing) == (4, 8, 3)
    assert (second.seats.heads, second.seats.needed, second.seats.missing) == (1, 2, 0)
    assert [area.name for area in first.areas] == ["Jaro"]


def test_heads_moved_in_and_out_are_counted_once_as_on_the_page_of_the_wave(program):
    here = factories.heads(4, district=JARO)
    guests = factories.heads(3, district=MURUNG_PUDAK)
    waiting = factories.wave(program=program, number=1, areas=(JARO,))
    opened = factories.wave(program=program, number=2, areas=(MURUNG_PUDAK,), invitations_opened_at=NOW)
    factories.enrolment(wave=waiting, head=here[0])
    factories.enrolment(wave=waiting, head=guests[0])
    factories.enrolment(wave=opened, head=here[1])
    called_off = factories.wave(program=program, number=3, areas=(), cancelled_at=NOW, invitations_opened_at=NOW)
    factories.enrolment(wave=called_off, head=here[2])
    first, second, _ = rows()
    assert first.seats == seats_of(waiting)
    assert first.seats.heads == 4
    assert second.seats.heads == 1


def test_the_state_follows_invitations_and_time(program):
    waiting = factories.wave(program=program, number=1, areas=(JARO,))
    factories.wave(program=program, number=2, areas=(MUARA_UYA,), invitations_opened_at=NOW)
    assert [row.state for row in rows()] == ["terbit, belum diundang", "undangan dibuka"]
    assert [row.state for row in rows(waiting.starts_at + timedelta(hours=1))] == ["berlangsung", "berlangsung"]
    assert [row.state for row in rows(waiting.ends_at)] == ["selesai", "selesai"]


def test_many_waves_take_four_queries(program, django_assert_num_queries):
    for number, village in enumerate(factories.villages_of(MUARA_UYA)[:6], start=1):
        factories.wave(program=program, number=number, areas=(village.code,))
    waves = list(Wave.objects.select_related("program__region", "venue"))
    with django_assert_num_queries(4):
        wave_rows(waves, NOW)
