"""The office answers requests: with words, once, and deletion only of whoever is not needed any more."""

from datetime import timedelta

import pytest

from participants.models import DataRequest
from participants.use_cases.answer_data_request import AnswerRefused, answer_data_request
from participants.use_cases.request_data import RequestRefused, request_data
from rtportal.audit.models import AuditEvent
from rtportal.privacy.retention import GONE
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
DID = "Salinan diserahkan di kantor."


@pytest.fixture
def head():
    factories.regions()
    return factories.head(email="ahmad@rt.test")


def asked(head, kind: str = "copy", **wishes) -> DataRequest:
    values = {"came_by": "letter", "note": "", "by": factories.user(), "now": NOW} | wishes
    return request_data(head=head, kind=kind, **values)


def answer(row: DataRequest, *, is_done: bool = True, note: str = DID) -> DataRequest:
    return answer_data_request(request_pk=row.pk, is_done=is_done, note=note, by=factories.user(), now=NOW)


def test_the_clock_runs_from_when_the_letter_came(head) -> None:
    came = NOW - timedelta(hours=30)
    assert asked(head, received_at=came).due_at == came + timedelta(hours=72)


def test_a_letter_from_tomorrow_is_refused(head) -> None:
    with pytest.raises(RequestRefused, match="belum tiba"):
        asked(head, received_at=NOW + timedelta(hours=1))


def test_the_same_wish_waits_once(head) -> None:
    asked(head)
    with pytest.raises(RequestRefused, match="masih menunggu"):
        asked(head)
    assert asked(head, "erasure").pk


@pytest.mark.parametrize("is_done", [True, False])
def test_nothing_is_decided_without_words(head, is_done: bool) -> None:
    row = asked(head)
    with pytest.raises(AnswerRefused, match="paling sedikit 10 huruf"):
        answer(row, is_done=is_done, note=" ok ")
    row.refresh_from_db()
    assert row.state == "open"


def test_the_second_answer_hears_of_the_first(head) -> None:
    row = asked(head)
    answer(row)
    with pytest.raises(AnswerRefused, match="sudah dipenuhi oleh"):
        answer(row, is_done=False)


def test_whoever_is_in_office_is_not_deleted(head) -> None:
    row = asked(head, "erasure")
    with pytest.raises(AnswerRefused, match="masih menjabat"):
        answer(row)
    head.refresh_from_db(), row.refresh_from_db()
    assert (head.phone, row.state) == ("+6281234567890", "open")


def test_a_former_head_is_deleted_at_once_and_the_history_names_nobody(head) -> None:
    head.is_current = False
    head.save()
    answer(asked(head, "erasure"), note="Dihapus sesuai permintaan.")
    head.refresh_from_db()
    assert (head.name, head.phone, head.email) == (GONE, "", "")
    assert "Ahmad" not in AuditEvent.objects.get(action="data_request.done").sentence


def test_whoever_is_in_an_open_programme_is_not_deleted(head) -> None:
    head.is_current = False
    head.save()
    factories.enrolment(wave=factories.wave(), head=head)
    with pytest.raises(AnswerRefused, match="program yang masih berjalan"):
        answer(asked(head, "erasure"))
