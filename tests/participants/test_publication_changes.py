"""Two published schedules compared in words."""

from datetime import UTC, datetime, timedelta

from participants.publication_changes import concerns_agenda_alone, differences_in_words

EIGHT = datetime(2026, 4, 8, 0, 0, tzinfo=UTC)  # 08.00 WITA


def at(hours: float, days: int = 0) -> str:
    """An instant as facts keep it, counted from eight in the morning of the wave's first day."""
    return (EIGHT + timedelta(days=days, hours=hours)).isoformat()


def item(pk: int = 1, first: float = 1, last: float = 2, *, day: int = 0, **fields) -> dict:
    return {
        "session": pk,
        "kind": "material",
        "title": f"Sesi {pk}",
        "starts_at": at(first, day),
        "ends_at": at(last, day),
        "room": "",
        "group": "",
        "speakers": [],
    } | fields


def part(title: str, role: str = "speaker", status: str = "confirmed") -> dict:
    return {"part": 1, "speaker": 1, "title": title, "institution": "", "role": role, "status": status}


def facts(*agenda: dict, days: int = 0, **fields) -> dict:
    return {
        "starts_at": at(0, days),
        "ends_at": at(7, days),
        "venue_id": 1,
        "venue": "Aula Pembataan",
        "address": "",
        "zone": "Asia/Makassar",
        "agenda": list(agenda),
    } | fields


def change(label: str, before: str, after: str) -> dict:
    return {"label": label, "before": before, "after": after}


def test_the_same_schedule_differs_in_nothing():
    assert differences_in_words(facts(item()), facts(item())) == []


def test_of_a_first_publication_everything_is_new():
    told = differences_in_words(None, facts(item(speakers=[part("Kepala BNNK")])))
    assert [one["label"] for one in told] == ["Waktu", "Tempat", "Sesi “Sesi 1”"]
    assert {one["before"] for one in told} == {"(belum ada)"}
    assert told[2]["after"] == "09.00–10.00 WITA; ruang utama; semua peserta; Materi; Kepala BNNK"


def test_another_time_and_place_are_told_in_full():
    other = facts(ends_at=at(8), venue="Gedung Serbaguna", address="Jl. Mawar 1")
    assert differences_in_words(facts(), other) == [
        change("Waktu", "Rabu, 8 April 2026, 08.00–15.00 WITA", "Rabu, 8 April 2026, 08.00–16.00 WITA"),
        change("Tempat", "Aula Pembataan", "Gedung Serbaguna, Jl. Mawar 1"),
    ]


def test_a_week_later_with_its_whole_agenda_is_one_change():
    later = differences_in_words(facts(item()), facts(item(day=7), days=7))
    assert [one["label"] for one in later] == ["Waktu"]


def test_of_a_session_only_what_differs_is_told():
    before = facts(item(), item(2, 3, 4))
    after = facts(item(1, 2, 3, room="Ruang 2"), item(2, 3, 4))
    assert differences_in_words(before, after) == [
        change("Sesi “Sesi 1”", "09.00–10.00 WITA; ruang utama", "10.00–11.00 WITA; Ruang 2")
    ]


def test_title_kind_group_and_speakers_are_told():
    before = facts(item(speakers=[part("Bupati", status="invited")]))
    after = facts(
        item(title="Baru", kind="discussion", group="Kelompok A", speakers=[part("Bupati"), part("Camat", "moderator")])
    )
    assert differences_in_words(before, after) == [
        change(
            "Sesi “Baru”",
            "“Sesi 1”; semua peserta; Materi; Bupati (diundang)",
            "“Baru”; Kelompok A; Diskusi; Bupati, Camat (moderator)",
        )
    ]


def test_sessions_come_and_go():
    assert differences_in_words(facts(item()), facts(item(2, 3, 4))) == [
        change(
            "Sesi “Sesi 2”", "(belum ada)", "11.00–12.00 WITA; ruang utama; semua peserta; Materi; tanpa narasumber"
        ),
        change("Sesi “Sesi 1”", "09.00–10.00 WITA; ruang utama; semua peserta; Materi; tanpa narasumber", "(dihapus)"),
    ]


def test_days_of_a_long_wave_are_counted():
    [told] = differences_in_words(facts(item(), ends_at=at(7, 2)), facts(item(day=1), ends_at=at(7, 2)))
    assert (told["before"], told["after"]) == ("09.00–10.00 WITA", "hari ke-2, 09.00–10.00 WITA")


def test_a_session_before_its_wave_is_told_with_its_date():
    [told] = differences_in_words(facts(item()), facts(item(day=-1)))
    assert told["after"] == "Selasa, 7 April 2026, 09.00–10.00 WITA"


def test_whether_only_the_agenda_differs():
    assert concerns_agenda_alone(facts(item()), facts())
    assert not concerns_agenda_alone(facts(), facts(ends_at=at(8)))
    assert not concerns_agenda_alone(facts(), facts(venue="Lain"))
    assert not concerns_agenda_alone(None, facts())
