from datetime import time

import pytest

from participants.models import Enrolment
from participants.moving import MoveRefused
from participants.use_cases.split_into_groups import split_into_groups
from rtportal.audit.models import AuditEvent
from rtportal.messaging.models import Message
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def official():
    factories.regions(MURUNG_PUDAK)
    return factories.user()


@pytest.fixture
def wave(official):
    """Forty people of all villages of Murung Pudak."""
    made = factories.wave(invitations_opened_at=NOW)
    for head in factories.heads(40):
        factories.enrolment(wave=made, head=head)
    return made


def split(wave, names, actor) -> dict[str, int]:
    return split_into_groups(wave=wave, names=names, actor=actor, now=NOW)


def test_whole_villages_go_into_groups_as_equal_as_can_be(official, wave):
    sizes = split(wave, ["Kelompok A", " Kelompok  B ", ""], official)
    assert sum(sizes.values()) == 40
    assert set(sizes) == {"Kelompok A", "Kelompok B"}
    assert abs(sizes["Kelompok A"] - sizes["Kelompok B"]) <= 4
    groups = {(one.village_id, one.group) for one in Enrolment.objects.all()}
    assert len(groups) == len({village for village, _ in groups})
    assert "Membagi peserta Gelombang 1: Kelompok A" in AuditEvent.objects.get().sentence


def test_the_same_again_writes_nothing_and_no_names_take_it_back(official, wave):
    split(wave, ["A", "B"], official)
    split(wave, ["A", "B"], official)
    assert AuditEvent.objects.count() == 1
    assert split(wave, [], official) == {}
    assert set(Enrolment.objects.values_list("group", flat=True)) == {""}


def test_only_those_whose_hours_differ_in_their_group_are_told(official, wave):
    factories.session(wave=wave, starts=time(9, 0), title="Untuk A", group="A")
    factories.session(wave=wave, starts=time(9, 0), title="Untuk semua", room="Aula 2")
    factories.publish(wave)
    told = Enrolment.objects.first()
    Message.objects.create(
        dedupe_key="x",
        kind="invitation",
        channel="inbox",
        address="a@rt.test",
        recipient_name="A",
        region_code=told.village_id,
        group=wave.group,
        about_id=told.pk,
        state="accepted",
        queued_at=NOW,
        due_at=NOW,
        started_at=NOW,
        edition=wave.publication_id,
    )
    split(wave, ["A", "B"], official)
    told.refresh_from_db()
    assert Message.objects.filter(kind="schedule_changed").count() == (1 if told.group == "B" else 0)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["A"], "paling sedikit dua"),
        (["A", "A"], "nama sendiri"),
        (["A", "B" * 61], "paling panjang 60"),
        ([str(number) for number in range(21)], "Paling banyak 20"),
        ([str(number) for number in range(15)], "kelurahan/desa"),
    ],
)
def test_what_cannot_be_divided_is_refused(official, wave, names, words):
    with pytest.raises(MoveRefused, match=words):
        split(wave, names, official)
    assert not AuditEvent.objects.exists()


def test_after_the_wave_groups_stay(official, wave):
    with pytest.raises(MoveRefused, match="sudah selesai"):
        split_into_groups(wave=wave, names=["A", "B"], actor=official, now=wave.ends_at)
