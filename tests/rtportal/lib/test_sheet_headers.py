import pytest

from rtportal.lib.sheet_headers import find_header


def header(*rows, known=()):
    numbered = [(number, list(cells)) for number, cells in enumerate(rows, start=1) if any(cells)]
    return find_header(numbered, lambda title: title in known)


PERSON = ("1", "Rusdi", "5", "Nalui", "Jaro")


def test_the_row_with_most_known_headings_is_the_header():
    note = ("Dinas", "Pemberdayaan", "Masyarakat")
    assert header(note, ("Nama", "RT", "Desa"), PERSON).titles == list(note)
    found = header(note, ("Nama", "RT", "Desa"), PERSON, known={"Nama", "RT"})
    assert (found.titles, found.above, found.depth) == (["Nama", "RT", "Desa"], 1, 1)


def test_two_known_headings_are_enough_where_two_other_texts_are_not():
    assert header(("Nama", "RT"), known={"Nama", "RT"}).titles == ["Nama", "RT"]
    assert header(("Nama", "RT")) is None


@pytest.mark.parametrize(
    ("rows", "titles"),
    [
        (
            [("No", "Nama", "RT", "Masa Bakti", ""), ("", "", "", "Mulai", "Selesai")],
            ["No", "Nama", "RT", "Masa Bakti › Mulai", "Masa Bakti › Selesai"],
        ),
        (
            [("No", "Ketua RT", "", "Alamat", ""), ("No", "Nama", "HP", "RT", "Desa")],
            ["No", "Ketua RT › Nama", "Ketua RT › HP", "Alamat › RT", "Alamat › Desa"],
        ),
        (
            [("Nama", "Wilayah", "", "", "No"), ("", "RT", "Letak", "", ""), ("", "", "Desa", "Kec", "")],
            ["Nama", "Wilayah › RT", "Wilayah › Letak › Desa", "Wilayah › Letak › Kec", "No"],
        ),
    ],
)
def test_headings_under_groups_say_their_group(rows, titles):
    found = header(*rows, ("1", "Rusdi", "x", "y", "z"), known={"Nama", "No", "Ketua RT › Nama"})
    assert (found.titles, found.depth) == (titles, len(rows))


@pytest.mark.parametrize(
    "below",
    [
        ("1", "Rusdi", "RT 5", "Nalui", "Jaro"),
        ("", "Rusdi", "RT 5", "Nalui", "x"),
        ("Kelurahan Belimbing", "", "", "", ""),
        ("", "", "", "", "catatan"),
        ("", "", "", "5", "6"),
    ],
)
def test_a_row_of_data_is_never_taken_for_headings(below):
    assert header(("No", "Nama", "RT", "Desa", ""), below).depth == 1
