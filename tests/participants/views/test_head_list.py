import pytest

from tests import factories

pytestmark = pytest.mark.django_db
URL = "/ketua-rt/"
QUERIES = 9


@pytest.fixture
def official(client):
    factories.regions()
    who = factories.user()
    client.force_login(who)
    return who


def test_a_head_is_shown_with_titles_place_term_and_status(client, official):
    factories.head(
        district=factories.JARO,
        number="005",
        rw="002",
        gelar_depan="H.",
        gelar_belakang="S.Pd.",
        is_synthetic=True,
        nik_encrypted="rahasia",
    )
    text = client.get(URL).content.decode()
    for shown in ("H. Ahmad Fauzi, S.Pd.", "005", "002", "Jaro", "0812-3456-7890", "Definitif", "data contoh"):
        assert shown in text
    assert "1 ketua RT" in text
    assert "rahasia" not in text


def test_an_empty_list_offers_the_import_to_whoever_may(client, official):
    assert "/ketua-rt/impor/" in client.get(URL).content.decode()
    client.force_login(factories.user(role="viewer"))
    text = client.get(URL).content.decode()
    assert "Belum ada ketua RT" in text
    assert "/ketua-rt/impor/" not in text


def test_a_search_without_result_says_so(client, official):
    factories.head()
    text = client.get(URL, {"cari": "Tidak Ada"}).content.decode()
    assert "Tidak ada ketua RT yang cocok" in text
    assert "Tidak Ada" in text


@pytest.mark.parametrize(
    "query",
    [{"kecamatan": "x\x00"}, {"kelurahan": "63.09"}, {"cari": "\x00'%_"}, {"hal": "abc"}, {"kecamatan": "15.71.01"}],
)
def test_whatever_stands_in_the_address_shows_a_page(client, official, query):
    factories.head()
    assert client.get(URL, query).status_code == 200


def test_a_thousand_rows_cost_as_many_queries_as_one(client, official, django_assert_num_queries):
    factories.head(number="999")
    client.get(URL)
    with django_assert_num_queries(QUERIES):
        client.get(URL, {"kecamatan": factories.MURUNG_PUDAK})
    factories.heads(1000)
    with django_assert_num_queries(QUERIES):
        text = client.get(URL, {"kecamatan": factories.MURUNG_PUDAK}).content.decode()
    assert "1.001 ketua RT" in text
    assert text.count('data-label="RT"') == 50


def test_who_is_responsible_nowhere_has_no_list(client):
    factories.regions()
    client.force_login(factories.user(region=None))
    assert client.get(URL).status_code == 404
