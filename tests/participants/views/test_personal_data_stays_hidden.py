"""Who has a personal link, but not the last digits of the telephone, reads name and RT and nothing else of anybody.

The table names every page below `/u/`, so a new one cannot be forgotten.
"""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from participants import nik_store
from participants.models import DataCorrection, Enrolment
from rtportal.lib import clock
from sessions.models import Material
from tests import factories
from tests.factories import MURUNG_PUDAK

pytestmark = pytest.mark.django_db

NIK = "6309061701650003"
# What each page is asked by POST, besides being looked at.
PAGES: dict[str, list[dict[str, str]]] = {
    "invitation_show": [{}, {"answer": "represented"}, {"answer": "declined", "reason": ""}],
    "own_data": [{"digits": "0000"}, {"digits": ""}, {"proof": "x"}, {"proof": "", "note": "x"}],
    "own_data_copy": [{}, {"proof": "x", "bentuk": "json"}],
    "own_data_request": [{}, {"proof": "x", "permintaan": "erasure", "keterangan": "x"}],
    "invitation_calendar": [],
    "invitation_disown": [{}],
    "invitation_material": [],
    "invitation_certificate": [],
}
ANSWERS = {
    "unanswered": {},
    "confirmed": {"answer": "confirmed", "companion_name": "Nurhayati"},
    "declined": {"answer": "declined", "reason": "Operasi mata"},
    "represented": {
        "answer": "represented",
        "substitute_name": "Budi Santoso",
        "substitute_phone": "+6281311112222",
        "substitute_relation": "Anak kandung",
    },
}
HIDDEN = (
    # The head's and the substitute's number, however it is written.
    *("81234567890", "812-3456-7890", "0812-••••-7890", "3456-7890"),
    *("81311112222", "813-1111-2222", "1111-2222"),
    *("ahmad@rt.test", NIK, "1965"),
    *("Operasi mata", "Anak kandung"),
    # Asked to be put right, and what was decided on it.
    *("81399998888", "813-9999-8888", "Fauzan", "RT saya keliru", "Sudah dibetulkan kantor"),
)


def names_below(prefix: str) -> set[str]:
    patterns = get_resolver("participants.urls").url_patterns
    return {one.name for one in patterns if isinstance(one, URLPattern) and str(one.pattern).startswith(prefix)}


def test_the_table_names_every_personal_page():
    assert set(PAGES) == names_below("u/")


@pytest.fixture
def enrolment() -> Enrolment:
    factories.regions(MURUNG_PUDAK)
    now = clock.now()
    wave = factories.wave(on=clock.local_date(now, "WITA") + timedelta(days=20))
    session = factories.session(wave=wave)
    factories.publish(wave)
    Material.objects.create(
        session=session, uploaded_at=now, name="bahan.pdf", path="materials/x.pdf", size=1, released_at=now
    )
    head = factories.head(
        number="005",
        email="ahmad@rt.test",
        nik_encrypted=nik_store.sealed(NIK),
        nik_digest=nik_store.digest_of(NIK),
        term_starts_on=date(1965, 1, 17),
    )
    made = factories.enrolment(wave=wave, head=head)
    for state in ("open", "accepted"):
        DataCorrection.objects.create(
            enrolment=made,
            head=head,
            village_id=made.village_id,
            wanted={"phone": "+6281399998888", "name": "Ahmad Fauzan"},
            before={"phone": head.phone, "name": head.full_name},
            note="RT saya keliru",
            state=state,
            requested_at=now,
            due_at=now + DataCorrection.TIME_TO_DECIDE,
            decided_at=None if state == "open" else now,
            decision_note="" if state == "open" else "Sudah dibetulkan kantor",
        )
    return made


@pytest.mark.parametrize("state", ANSWERS)
@pytest.mark.parametrize("name", PAGES)
def test_without_the_digits_only_name_and_rt_appear(enrolment, name, state):
    given = ANSWERS[state]
    Enrolment.objects.update(**given, answered_at=clock.now() if given else None)
    more = [Material.objects.get().pk] if name == "invitation_material" else []
    address = reverse(f"participants:{name}", args=[factories.personal_path(enrolment).split("/")[2], *more])
    client = Client(raise_request_exception=False)
    answers = [client.get(address), *(client.post(address, data) for data in PAGES[name])]
    for response in answers:
        text = b"".join(response).decode() if response.streaming else response.content.decode()
        text += str(dict(response.headers))
        assert response.status_code < 500
        for hidden in (*HIDDEN, nik_store.digest_of(NIK), enrolment.head.nik_encrypted):
            assert hidden not in text, hidden


@pytest.mark.parametrize("state", ["confirmed", "declined"])
@pytest.mark.parametrize("change", ["revoked", "cancelled", "over", "continued"])
def test_nor_on_a_page_that_is_over(enrolment, state, change):
    now = clock.now()
    Enrolment.objects.update(**ANSWERS[state], answered_at=now)
    if change == "revoked":
        Enrolment.objects.update(link_revoked_at=now)
    elif change == "continued":
        Enrolment.objects.update(superseded_at=now)
    elif change == "cancelled":
        enrolment.wave.cancelled_at = now
        enrolment.wave.save(update_fields=["cancelled_at"])
    else:
        enrolment.wave.starts_at, enrolment.wave.ends_at = now - timedelta(days=2), now - timedelta(days=1)
        enrolment.wave.save(update_fields=["starts_at", "ends_at"])
        factories.publish(enrolment.wave)
    text = Client().get(factories.personal_path(enrolment)).content.decode()
    for hidden in HIDDEN:
        assert hidden not in text, hidden


def test_the_same_data_stand_behind_the_digits(enrolment):
    """Else the table above would prove nothing."""
    Enrolment.objects.update(**ANSWERS["represented"], answered_at=clock.now())
    text = Client().post(f"{factories.personal_path(enrolment)}data/", {"digits": "7890"}).content.decode()
    for shown in ("0812-3456-7890", "0813-1111-2222", "ahmad@rt.test", "Anak kandung", "1965", "RT saya keliru"):
        assert shown in text, shown
    assert NIK not in text
