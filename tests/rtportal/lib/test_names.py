import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rtportal.lib.names import fold, full_name, split_titles


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("H. Ahmad Fauzi, S.Pd., M.M.", ("H.", "Ahmad Fauzi", "S.Pd., M.M.")),
        ("Ahmad Fauzi", ("", "Ahmad Fauzi", "")),
        ("H AHMAD FAUZI", ("H", "AHMAD FAUZI", "")),
        ("Hj. SITI AMINAH, S.PD", ("Hj.", "SITI AMINAH", "S.PD")),
        ("Prof. Dr. H. M. Yusuf, S.H., M.H.", ("Prof. Dr. H.", "M. Yusuf", "S.H., M.H.")),
        ("Drs.H.Ahmad", ("Drs.H.", "Ahmad", "")),
        ("K.H. Abdullah", ("K.H.", "Abdullah", "")),
        ("Ahmad Fauzi S.Pd", ("", "Ahmad Fauzi", "S.Pd")),
        ("Ahmad Fauzi SE MM", ("", "Ahmad Fauzi", "SE MM")),
        ("Ahmad Fauzi S.E, M.M", ("", "Ahmad Fauzi", "S.E, M.M")),
        ("Rina, Amd. Keb", ("", "Rina", "Amd. Keb")),
        ("dr. Rina, Sp.A(K)", ("dr.", "Rina", "Sp.A(K)")),
        ("  Siti   Aminah ,  S.Ag ", ("", "Siti Aminah", "S.Ag")),
        ("", ("", "", "")),
    ],
)
def test_titles_are_told_apart_from_the_name(typed, parts):
    assert split_titles(typed) == parts


@pytest.mark.parametrize(
    "name",
    ["Hasan", "Irwan", "Ahmad M.Nur", "Ahmad M.Ali", "R. Soekarno", "Prof", "H.", "Ahmad S.", "Sri Mm", "Fauzi, Ahmad"],
)
def test_what_may_be_part_of_the_name_stays_in_it(name):
    assert split_titles(name) == ("", name, "")


@given(st.text(alphabet="HhSPd.,M Ahmadjr-'", max_size=40))
@example("H. , S.Pd")
@example(",,")
def test_nothing_of_a_name_is_lost(typed):
    parts = split_titles(typed)
    assert "".join(full_name(*parts).split()).replace(",", "") == "".join(typed.split()).replace(",", "")
    assert parts[1] or not "".join(typed.split()).strip(",")


def test_a_full_name_leaves_no_trace_of_missing_titles():
    assert full_name("H.", "Ahmad Fauzi", "S.Pd., M.M.") == "H. Ahmad Fauzi, S.Pd., M.M."
    assert full_name("", "Ahmad Fauzi", "") == "Ahmad Fauzi"
    assert full_name("", "AHMAD FAUZI", "S.Pd.") == "AHMAD FAUZI, S.Pd."


def test_names_that_sound_the_same_fold_to_the_same():
    assert fold("  NUR'AINI  M. Yusuf") == fold("Nur’aini M Yusuf") == "nuraini m yusuf"
    assert fold("José") == fold("JOSE") == "jose"
    assert fold("Siti-Aminah") == fold("siti aminah")


@given(st.text())
def test_folding_twice_changes_nothing_more(name):
    assert fold(fold(name)) == fold(name)
