import re
from datetime import timedelta

import pytest
from django.urls import reverse

from participants.models import Attendance, Enrolment
from participants.queries.reconciliation_words import BY_SLUG, GAPS, STAGES
from participants.use_cases.invite_participants import invite_participants
from rtportal.lib import clock
from tests import factories

pytestmark = pytest.mark.django_db

JARO, MURUNG_PUDAK = factories.JARO, factories.MURUNG_PUDAK


@pytest.fixture
def official():
    factories.regions("63.09", "15.71")
    return factories.user()


@pytest.fixture
def wave(official):
    """Over: 4 + 2 were invited, two of the four came, one of them through a substitute; one more head came later."""
    factories.heads(4, district=MURUNG_PUDAK)
    factories.heads(2, district=JARO)
    made = factories.wave(areas=(MURUNG_PUDAK, JARO), on=(clock.now() - timedelta(days=20)).date())
    session = factories.session(wave=made)
    invite_participants(wave_id=made.pk, by=official, now=clock.now() - timedelta(days=40))
    first, second = Enrolment.objects.filter(village__code__startswith=MURUNG_PUDAK).order_by("pk")[:2]
    Enrolment.objects.filter(pk=second.pk).update(
        answer="represented", answered_at=factories.NOW, substitute_name="Rusdi"
    )
    for person in (first, second):
        Attendance.objects.create(enrolment=person, session=session, marked_at=factories.NOW, marked_by=official)
    factories.head(district=JARO, number="077", name="Baru Menjabat")
    return made


def shown(client, user, name, *args, query=""):
    client.force_login(user)
    return client.get(f"{reverse(f'participants:{name}', args=args)}{query}")


def cells_of(lines, code):
    return {cell.label: cell.number for line in lines if line.code == code for cell in line.cells}


def test_the_page_shows_each_kecamatan_the_sum_and_when_it_was_counted(client, official, wave):
    page = shown(client, official, "wave_reconciliation", wave.pk)
    assert cells_of(page.context["lines"], MURUNG_PUDAK)["Diwakili"] == 1
    assert cells_of([page.context["total"]], "") == {
        "Sasaran": 7,
        "Dialokasikan": 7,
        "Diundang": 6,
        "Diberi tahu": 1,
        "Menjawab": 1,
        "Hadir": 1,
        "Diwakili": 1,
        "Tidak hadir": 4,
        "Sertifikat": 0,
        "Dibayar": 0,
    }
    text = page.content.decode()
    assert "Dihitung pada" in text
    assert "WITA" in text
    assert 'aria-current="page">Rekonsiliasi' in text


def test_every_number_opens_as_many_people(client, official, wave):
    for name, subject in (("wave", wave), ("program", wave.program)):
        page = shown(client, official, f"{name}_reconciliation", subject.pk, query="?buka=semua")
        cells = [cell for line in (*page.context["lines"], page.context["total"]) for cell in line.cells]
        linked = [(cell.address, cell.number) for cell in cells if cell.number]
        linked += [(address, remark.number) for remark, address in page.context["remarks"]]
        assert len(linked) > 20
        for address, number in linked:
            people = client.get(address)
            assert people.context["page"].paginator.count == number, address
            assert len(people.context["people"]) == number


def test_a_kecamatan_unfolds_by_a_link(client, official, wave):
    page = shown(client, official, "wave_reconciliation", wave.pk)
    assert [line.code for line in page.context["lines"]] == [MURUNG_PUDAK, JARO]
    page = shown(client, official, "wave_reconciliation", wave.pk, query=f"?buka={JARO}")
    codes = [line.code for line in page.context["lines"]]
    assert codes[:2] == [MURUNG_PUDAK, JARO]
    assert all(code.startswith(f"{JARO}.") for code in codes[2:])
    villages = [line for line in page.context["lines"] if line.is_open is None]
    assert sum(cell.number for line in villages for cell in line.cells if cell.label == "Diundang") == 2


def test_what_does_not_add_up_is_said_with_its_reason(client, official, wave):
    page = shown(client, official, "wave_reconciliation", wave.pk)
    words = {remark.stage.name: (remark.number, remark.words) for remark, _ in page.context["remarks"]}
    assert words["waiting"][0] == 1
    assert "belum diundang" in words["waiting"][1]
    people = client.get(reverse("participants:wave_reconciliation_people", args=[wave.pk, "menunggu-undangan"]))
    assert "Baru Menjabat" in people.content.decode()
    assert "elsewhere" not in words


def test_the_chart_says_its_numbers_in_words_and_needs_no_inline_style(client, official, wave):
    text = shown(client, official, "program_reconciliation", wave.program_id).content.decode()
    (label,) = re.findall(r'role="img" aria-label="([^"]+)"', text)
    assert "sasaran 7; dialokasikan 7; diundang 6" in label
    assert (
        "style=" not in text[text.index('<svg class="stage-chart"') : text.index("</svg>", text.index("stage-chart"))]
    )


def test_somebody_responsible_for_a_kecamatan_sees_its_people_only(client, official, wave):
    operator = factories.user(role="district_operator", region=JARO)
    page = shown(client, operator, "wave_reconciliation", wave.pk)
    assert [line.code for line in page.context["lines"]] == [JARO]
    people = shown(client, operator, "wave_reconciliation_people", wave.pk, "diundang")
    assert people.context["page"].paginator.count == 2
    elsewhere = f"?wilayah={MURUNG_PUDAK}"
    people = shown(client, operator, "wave_reconciliation_people", wave.pk, "diundang", query=elsewhere)
    assert people.context["page"].paginator.count == 0


def test_an_unknown_number_is_no_page_and_an_unknown_area_has_no_people(client, official, wave):
    assert shown(client, official, "wave_reconciliation_people", wave.pk, "karangan").status_code == 404
    for area in ("99.99", "%00", "x" * 300):
        people = shown(client, official, "wave_reconciliation_people", wave.pk, "diundang", query=f"?wilayah={area}")
        assert people.status_code == 200
    assert not people.context["people"]


def test_a_wave_with_nobody_says_so(client, official):
    empty = factories.wave(areas=(JARO,))
    text = shown(client, official, "wave_reconciliation", empty.pk).content.decode()
    assert "Belum ada yang dihitung" in text
    assert "Tidak ada selisih" in text


def test_every_number_has_one_address_and_a_sentence_if_it_is_a_difference():
    assert len(BY_SLUG) == len(STAGES) + len(GAPS)
