import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from rtportal.lib.ics import Event, Status, calendar_bytes

START = datetime(2026, 11, 9, 0, 0, tzinfo=UTC)


def event(**changes):
    given_fields = {
        "uid": "gelombang-1@portal.example",
        "starts_at": START,
        "ends_at": START + timedelta(hours=7),
        "summary": "Bimtek Ketua RT – Gelombang 1",
        "last_modified": START - timedelta(days=10),
    }
    return Event(**(given_fields | changes))


instants = st.datetimes(
    min_value=datetime.fromisoformat("2000-01-01"),
    max_value=datetime.fromisoformat("2099-01-01"),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=7)), timezone(timedelta(hours=8))]),
)
events = st.builds(
    lambda start, length, **fields: Event(starts_at=start, ends_at=start + length, **fields),
    instants,
    st.timedeltas(timedelta(0), timedelta(days=5)),
    uid=st.from_regex(r"[a-z]+-[0-9]+@portal\.example", fullmatch=True),
    summary=st.text(max_size=200),
    last_modified=instants,
    location=st.text(max_size=200),
    description=st.text(max_size=400),
    status=st.sampled_from(Status),
    sequence=st.integers(0, 10_000),
    url=st.sampled_from(["", "https://portal.example/gelombang/1/?a=b,c"]),
)


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=80), st.lists(events, max_size=4, unique_by=lambda one: one.uid))
@example(r"A\N", [])
def test_what_was_written_can_be_read_back(name, listed):
    raw = calendar_bytes(name, listed)
    calendar = Calendar.from_ical(raw)
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar["VERSION"] == "2.0"
    # The reader does not know this property as a text, so its escapes are still there.
    assert re.sub(r"\\(.)", r"\1", calendar["X-WR-CALNAME"]) == " ".join(readable(name).split())
    assert len(calendar.walk("VEVENT")) == len(listed)
    for entry, meant in zip(calendar.walk("VEVENT"), listed, strict=True):
        assert entry["UID"] == meant.uid
        assert entry["DTSTART"].dt == meant.starts_at.replace(microsecond=0)
        # The end is cut to whole seconds on its own.
        assert entry["DTEND"].dt == meant.ends_at.replace(microsecond=0)
        assert entry["STATUS"] == meant.status
        assert entry["SEQUENCE"] == meant.sequence
        assert entry.get("URL", "") == meant.url
        assert readable(entry["SUMMARY"]) == readable(meant.summary)
        assert readable(entry.get("LOCATION", "")) == readable(meant.location)
        assert readable(entry.get("DESCRIPTION", "")) == readable(meant.description)


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=80), st.lists(events, max_size=3))
def test_every_line_ends_in_crlf_and_is_short_enough(name, listed):
    raw = calendar_bytes(name, listed)
    assert raw.endswith(b"\r\n")
    assert raw.count(b"\r") == raw.count(b"\n") == raw.count(b"\r\n")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", raw)
    raw.decode()


def test_separators_in_a_text_are_escaped():
    raw = calendar_bytes("Dinas, Desa", [event(summary="A; B, C\\n", location="Jl. Merdeka 1,\nTanjung")]).decode()
    assert "X-WR-CALNAME:Dinas\\, Desa\r\n" in raw
    assert "SUMMARY:A\\; B\\, C\\\\n\r\n" in raw
    assert "LOCATION:Jl. Merdeka 1\\,\\nTanjung\r\n" in raw


def test_a_text_cannot_smuggle_in_a_line():
    raw = calendar_bytes("x\r\nMETHOD:REQUEST", [event(summary="x\r\nATTACH:file:///etc/passwd")])
    assert b"\r\nATTACH" not in raw
    assert raw.count(b"\r\nMETHOD:") == 1


def test_the_same_events_are_the_same_bytes():
    assert calendar_bytes("a", [event()]) == calendar_bytes("a", [event()])


def test_a_calendar_without_events_still_holds_a_component():
    raw = calendar_bytes("Kosong", [])
    assert b"BEGIN:VTIMEZONE" in raw
    assert not Calendar.from_ical(raw).walk("VEVENT")


def test_a_local_hour_is_written_as_its_instant():
    wita = timezone(timedelta(hours=8))
    raw = calendar_bytes("a", [event(starts_at=datetime(2026, 11, 9, 8, 0, tzinfo=wita))])
    assert b"DTSTART:20261109T000000Z" in raw


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="aware"):
        calendar_bytes("a", [event(last_modified=START.replace(tzinfo=None))])


def test_an_end_before_the_start_is_refused():
    with pytest.raises(ValueError, match="ends after"):
        calendar_bytes("a", [event(ends_at=START - timedelta(seconds=1))])


def readable(text):
    """What is left of a text in a calendar: line breaks made equal, signs that no calendar may hold taken out."""
    text = str(text).replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f\u0085\u2028\u2029]", "", text).replace(r"\N", r"\n")
