"""Every request has an id, and its line in the log says nothing that is somebody's secret."""

import io
import json
import logging

import pytest

from rtportal.lib.json_lines import JsonLine
from rtportal.lib.log_context import LogContext, current, request_id_from, working_for
from rtportal.operations.sight import SightMiddleware
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines():
    """What the portal's loggers write as JSON, as a function that reads it."""
    output = io.StringIO()
    handler = logging.StreamHandler(output)
    handler.setFormatter(JsonLine())
    logger = logging.getLogger("rtportal")
    logger.addHandler(handler)
    yield lambda: [json.loads(line) for line in output.getvalue().splitlines()]
    logger.removeHandler(handler)


@pytest.fixture
def visit(settings, rf):
    """Answers a request as the whole chain of middlewares does, with logs of JSON."""
    settings.LOG_FORMAT = "json"
    from django.core.handlers.wsgi import WSGIHandler

    handler = WSGIHandler()
    return lambda path, **headers: handler.get_response(rf.get(path, headers=headers))


def test_the_proxys_id_is_taken_and_given_back(client):
    told = "4bf92f3577b34da6a3ce929d0e0e4736"
    assert client.get("/sehat/hidup/", headers={"X-Request-ID": told})["X-Request-ID"] == told


@pytest.mark.parametrize("told", ["", "short", "x" * 65, "a b c d e f g h", 'abcdefgh"\n{"level"'])
def test_an_id_that_is_none_is_replaced(told):
    made = request_id_from(told)
    assert made != told
    assert len(made) == 32


def test_a_line_says_which_page_and_how_long_but_not_what_was_asked(visit, lines):
    response = visit("/sehat/hidup/?cari=6309061203700001", **{"X-Request-ID": "abcdefgh12345678"})
    [line] = lines()
    assert response["X-Request-ID"] == line["request_id"] == "abcdefgh12345678"
    assert (line["method"], line["status"], line["url_name"]) == ("GET", 200, "web:alive")
    assert (line["level"], line["logger"]) == ("INFO", "rtportal.access")
    assert line["ms"] > 0
    assert line["time"].endswith("+00:00")
    assert "6309061203700001" not in json.dumps(line)


def test_a_personal_page_has_its_line_and_its_token_is_not_in_it(visit, lines):
    factories.regions()
    enrolment = factories.enrolment(wave=factories.wave())
    path = factories.personal_path(enrolment)
    visit(path)
    [line] = lines()
    assert line["url_name"] == "participants:invitation_show"
    assert path.split("/")[2] not in json.dumps(line)


def test_a_page_that_is_not_there_has_no_name(visit, lines):
    visit("/tidak/ada/")
    assert "url_name" not in lines()[-1]


def test_lines_of_one_request_do_not_reach_into_the_next(rf):
    seen = []

    def answer(request):
        seen.append(current().request_id)
        from django.http import HttpResponse

        return HttpResponse()

    middleware = SightMiddleware(answer)
    middleware(rf.get("/"))
    middleware(rf.get("/"))
    assert len(set(seen)) == 2
    assert current() == LogContext()


def test_a_traceback_too_hides_what_is_secret(lines):
    logger = logging.getLogger("rtportal.test")
    try:
        raise ValueError("/u/N2x9c_Tq-7bVd3kLm0PzRwYs1aA/")
    except ValueError:
        with working_for(LogContext(request_id="abcdefgh12345678")):
            logger.exception("page %s failed", "/u/N2x9c_Tq-7bVd3kLm0PzRwYs1aA/")
    [line] = lines()
    assert line["request_id"] == "abcdefgh12345678"
    assert "ValueError" in line["exc_info"]
    assert "N2x9c_Tq" not in json.dumps(line)
