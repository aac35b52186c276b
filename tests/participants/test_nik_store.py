from participants import nik_store

NIK = "6309061203700001"


def test_a_stored_nik_is_shown_with_its_middle_hidden():
    assert nik_store.masked(nik_store.sealed(NIK)) == "6309••••••••0001"


def test_no_nik_stays_nothing():
    assert nik_store.masked("") == ""


def test_a_nik_of_another_installation_is_hidden_wholly():
    assert nik_store.masked("gAAAAABother") == "•" * 16
