import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(client):
    factories.regions(factories.TABALONG)
    client.force_login(factories.user())
    return factories.program()


def sent(*rows, version="1", initial=3) -> dict:
    """What the browser sends for rows of (audience, days, time, is_active, is_deleted)."""
    data = {"version": version, "aturan-TOTAL_FORMS": len(rows), "aturan-INITIAL_FORMS": initial}
    for index, (audience, days, at, is_active, is_deleted) in enumerate(rows):
        data |= {
            f"aturan-{index}-audience": audience,
            f"aturan-{index}-days_before": days,
            f"aturan-{index}-local_time": at,
        }
        if is_active:
            data[f"aturan-{index}-is_active"] = "on"
        if is_deleted:
            data[f"aturan-{index}-DELETE"] = "on"
    return data


H7 = ("unanswered", "7", "08:00", True, False)
H3 = ("confirmed", "3", "08:00", True, False)
H1 = ("confirmed", "1", "08:00", True, False)
EMPTY = ("", "", "08:00", True, False)


def save(client, program, data):
    return client.post(reverse("programs:reminder_rules", args=[program.pk]), data)


def rules_of(program):
    return [
        (rule.audience, rule.days_before, f"{rule.local_time:%H:%M}", rule.is_active)
        for rule in program.reminder_rules.all()
    ]


def text_of(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_page_shows_the_rules_and_two_empty_ones(client, program):
    text = text_of(client.get(reverse("programs:reminder_rules", args=[program.pk])))
    assert 'name="aturan-0-days_before" value="7"' in text
    assert text.count("Pengingat baru") == 2


def test_rules_are_added_changed_and_removed_in_one_form(client, program):
    removed = (*H7[:4], True)
    added = ("unanswered", "5", "17.30", True, False)
    response = save(client, program, sent(removed, H3, ("confirmed", "1", "06:15", False, False), added, EMPTY))
    assert response.status_code == 302
    assert rules_of(program) == [
        ("unanswered", 5, "17:30", True),
        ("confirmed", 3, "08:00", True),
        ("confirmed", 1, "06:15", False),
    ]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("confirmed", "", "08:00", True, False), "Bidang ini tidak boleh kosong."),
        (("confirmed", "61", "08:00", True, False), "lebih kecil dari atau sama dengan 60"),
        (("confirmed", "-1", "08:00", True, False), "paling lambat pada hari pelaksanaan"),
        (("attended", "1", "08:00", True, False), "dikirim sesudah pelaksanaan"),
        (("attended", "-8", "08:00", True, False), "lebih besar dari atau sama dengan -7"),
        (("confirmed", "4", "25:00", True, False), "Masukkan waktu yang valid."),
        (("semua", "4", "08:00", True, False), "semua"),
        (("confirmed", "3", "09:00", True, False), "Ada dua pengingat untuk H-3"),
    ],
)
def test_what_cannot_be_is_refused_in_words(client, program, row, sentence):
    before = rules_of(program)
    assert sentence in text_of(save(client, program, sent(H7, H3, H1, row)))
    assert rules_of(program) == before


def test_a_mangled_form_changes_nothing(client, program):
    before = rules_of(program)
    assert save(client, program, {"version": "1"}).status_code == 200
    assert save(client, program, {"aturan-TOTAL_FORMS": "x", "aturan-INITIAL_FORMS": "999"}).status_code == 200
    assert rules_of(program) == before


def test_the_second_official_is_told_and_keeps_what_she_typed(client, program):
    save(client, program, sent(H7, H3, (*H1[:4], True)))
    text = text_of(save(client, program, sent(H7, H3, ("confirmed", "2", "10:45", True, False))))
    assert "Data ini diubah petugas lain" in text
    assert 'value="10:45"' in text
    assert 'name="version" value="2"' in text
    assert len(rules_of(program)) == 2
