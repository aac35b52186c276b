import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.models import Certificate, Enrolment
from participants.use_cases.revoke_certificate import revoke_certificate
from programs.models import Wave
from rtportal.documents.formats import pdf
from rtportal.lib import clock
from rtportal.web.guessing import MANY_IN_ALL, MOST_WHILE_MANY
from tests import factories
from tests.factories import NOW
from tests.participants.certified import after, attended, issued, taught_wave
from tests.participants.papers import enrol_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def taught():
    """The wave, its session and its three people; it ended long ago."""
    return taught_wave()


@pytest.fixture
def official(taught, client):
    user = factories.user()
    client.force_login(user)
    return user


def address(wave, action="") -> str:
    return f"/gelombang/{wave.pk}/sertifikat/{action}"


def shown(client, wave, query="") -> str:
    response = client.get(address(wave) + query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_everybody_stands_there_with_the_share_and_why_there_is_none(taught, official, client):
    wave, session, (first, second, third) = taught
    attended(session, first, by=official)
    attended(session, second, by=official, minutes=30)
    Enrolment.objects.filter(pk=first.pk).update(answer="represented", answered_at=NOW, substitute_name="Budi Santoso")
    page = shown(client, wave)
    for words in ("100%", "50%", "0%", "hadir kurang dari 75%", "berhak, belum terbit", "diwakili Budi Santoso"):
        assert words in page, words
    assert "Terbitkan 1 sertifikat…" in page
    assert third.head.full_name not in shown(client, wave, "?keadaan=belum")
    assert first.head.full_name in shown(client, wave, "?keadaan=belum")
    assert second.head.full_name in shown(client, wave, f"?cari={second.head.name.replace(' ', '+')}")
    assert "Tidak ada peserta yang cocok" in shown(client, wave, "?cari=zzz&keadaan=aneh")


def test_one_press_issues_and_the_next_says_there_is_nobody_left(taught, official, client):
    wave, session, (first, second, _) = taught
    attended(session, first, second, by=official)
    page = client.post(address(wave, "terbitkan/"), follow=True).content.decode()
    assert "2 sertifikat terbit." in page
    assert "001/SERTIFIKAT/IV/2026" in page
    page = client.post(address(wave, "terbitkan/"), follow=True).content.decode()
    assert "semua yang berhak sudah mempunyainya" in page
    assert Certificate.objects.count() == 2


def test_before_the_end_nothing_is_issued_and_the_page_says_when(taught, official, client):
    wave, session, (first, *_) = taught
    attended(session, first, by=official)
    Wave.objects.update(ends_at=clock.now().replace(year=2100))
    assert "Sertifikat diterbitkan sesudah" in shown(client, wave)
    assert "belum selesai" in client.post(address(wave, "terbitkan/"), follow=True).content.decode()
    assert not Certificate.objects.exists()


def test_one_is_revoked_with_a_reason_and_given_anew(taught, official, client):
    wave, session, (first, *_) = taught
    [made] = issued(wave, session, first, by=official)
    refused = client.post(f"/sertifikat/{made.pk}/cabut/", {"reason": " "})
    assert (refused.status_code, "Isi alasan" in refused.content.decode()) == (422, True)
    page = client.post(f"/sertifikat/{made.pk}/cabut/", {"reason": "Salah nama"}, follow=True).content.decode()
    assert "Salah nama" in page
    assert "Terbitkan lagi" in page
    assert "Sudah dicabut" in client.get(f"/sertifikat/{made.pk}/cabut/").content.decode()
    assert client.post(f"/sertifikat/{made.pk}/cabut/", {"reason": "Lagi"}).status_code == 422
    again = client.post(address(wave, "terbitkan/"), {"peserta": first.pk}, follow=True).content.decode()
    assert "1 sertifikat terbit." in again
    assert "002/SERTIFIKAT/IV/2026" in again


@pytest.mark.parametrize("key", ["x", "0", "9" * 30, "-1"])
def test_a_person_who_is_none_has_none(taught, official, client, key):
    response = client.post(address(taught[0], "terbitkan/"), {"peserta": key}, follow=True)
    assert response.status_code in {200, 404}
    assert not Certificate.objects.exists()


def test_an_operator_sees_the_own_people_and_no_buttons(taught, client):
    wave, session, (first, second, _) = taught
    by = factories.user()
    issued(wave, session, first, second, by=by)
    client.force_login(factories.user(role="village_operator", region=first.village_id))
    page = shown(client, wave)
    assert first.head.full_name in page
    assert second.head.full_name not in page
    assert "Cabut" not in page


def check(client, code):
    response = client.get(f"/cek/{code}/")
    return response, " ".join(response.content.decode().split())


def test_anybody_reads_name_activity_and_status_and_nothing_else(taught, client):
    wave, session, (first, *_) = taught
    [made] = issued(wave, session, first, by=factories.user())
    response, page = check(client, made.check_code)
    assert response.status_code == 200
    for words in ("Sertifikat ini berlaku", made.holder, "Bimtek Ketua RT 2026, Gelombang 1", "verifikasi data"):
        assert words in page, words
    for secret in (made.number, first.head.phone, first.village.name, "tanda tangan"):
        assert secret not in page.replace("tertera", ""), secret
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert not response.cookies
    revoke_certificate(certificate=made, reason="Rahasia", by=made.issued_by, now=after(wave))
    _, page = check(client, made.check_code.lower())
    assert "dicabut" in page
    assert "Rahasia" not in page


def test_a_code_that_is_nobodys_is_unknown_and_many_of_them_are_too_many(client):
    response, page = check(client, "2" * 18)
    assert (response.status_code, "tidak dikenal" in page) == (404, True)
    for nonsense in ("x", "%00", "é", "A" * 500):
        assert client.get(f"/cek/{nonsense}/").status_code == 404
    codes = [f"{number:018d}".replace("0", "A").replace("1", "B") for number in range(20)]
    answers = [check(client, code)[0].status_code for code in codes]
    assert answers[-1] == 429


def test_many_wrong_codes_of_others_keep_nobody_from_reading_a_certificate(taught, client):
    wave, session, (first, *_) = taught
    [made] = issued(wave, session, first, by=factories.user())
    for number in range(MANY_IN_ALL):
        assert client.get(f"/cek/{'2' * 18}/", REMOTE_ADDR=f"10.0.0.{number}").status_code == 404
    assert check(client, made.check_code)[0].status_code == 200
    told = [check(client, "3" * 18)[0].status_code for _ in range(MOST_WHILE_MANY + 1)]
    assert told == [404] * MOST_WHILE_MANY + [429]


def test_the_queries_of_the_page_stay_the_same_for_any_number_of_people(taught, official, client):
    wave, session, people = taught
    issued(wave, session, *people, by=official)
    client.get(address(wave))
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(address(wave))
        counts.append(len(queries))
        numbers = range(100 * len(counts), 100 * len(counts) + 40)
        heads = [factories.head(number=f"{number}", phone=f"+6281299{number:05d}") for number in numbers]
        enrol_many(wave, heads)
    assert counts[0] == counts[1]


def test_a_certificate_that_cannot_be_laid_out_now_is_asked_for_again_later(taught, client, monkeypatch, tmp_path):
    wave, session, _ = taught
    person = factories.enrolment(wave=wave, head=factories.head(number="099"))
    issued(wave, session, person, by=factories.user())
    url = f"{factories.personal_path(person)}sertifikat/"
    assert client.get(url).headers["Content-Type"] == "application/pdf"
    monkeypatch.setattr(pdf, "TEMPLATES", tmp_path)
    response = client.get(url)
    assert response.status_code == 503
    assert "Coba lagi beberapa menit lagi" in response.content.decode()
