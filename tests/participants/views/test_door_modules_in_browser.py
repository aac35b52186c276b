"""The door's small modules, each asked in a browser for what it is there for."""

import pytest
from playwright.sync_api import Page

from rtportal.lib.short_codes import ShortCodeError, read_code

PEOPLE = [
    {"id": 1, "name": "H. Ahmad Fauzi", "rt": "RT 005/RW 002", "village": "Desa Jaro", "district": "Kecamatan Jaro"},
    {"id": 2, "name": "Nur'aini", "rt": "RT 051", "village": "Desa Nalui", "district": "Kecamatan Jaro"},
    {"id": 3, "name": "Ahmad Zaini", "rt": "RT 001", "village": "Kelurahan Mabuun", "district": "Murung Pudak"},
]


@pytest.fixture
def ask(page: Page, live_server):
    """Calls a function of a module with arguments and returns what it answers."""
    page.goto(f"{live_server.url}/robots.txt")

    def call(module: str, script: str, argument=None):
        address = f"{live_server.url}/static/js/door/{module}.js"
        return page.evaluate(
            f"async ([address, it]) => {{ const m = await import(address); return {script}; }}", [address, argument]
        )

    return call


def test_codes_are_read_as_the_portal_reads_them(ask):
    typed = ["kq7 3mt", "KQ7-3MT", "Kq73mT", "ＫＱ７３ＭＴ", "kq7—3mt", "", "KQ0-3MT", "LQ73MT", "KQ73M", "KQ7#MT"]
    answers = ask("codes", "it.map((text) => m.readCode(text))", typed)
    for text, answer in zip(typed, answers, strict=True):
        try:
            assert answer == {"code": read_code(text)}
        except ShortCodeError as refusal:
            assert answer["fault"].replace("pada pas", "pada surat") == refusal.sentence


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("KQ7-3MT", ["code"]),
        ("https://portal.example/u/N2x9c_Tq-7bVd3kLm0PzRwYs1aA/", ["hash"]),
        ("https://portal.example/pintu/#N2x9c_Tq-7bVd3kLm0PzRwYs1aA", ["desk"]),
        ("https://portal.example/u/terlalu-pendek/", []),
        ("00020101021126610014COM.GO-JEK.WWW", []),
        ("WIFI:S:aula;T:WPA;P:rahasia;;", []),
        ("", []),
    ],
)
def test_what_was_scanned_is_told_apart(ask, text, kind):
    assert ask("codes", "Object.keys(await m.readScan(it))", text) == kind


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ahmad", [3, 1]),
        ("fauzi ahmad", [1]),
        ("nuraini", [2]),
        ("rt 5", [1]),
        ("5", [1]),
        ("jaro", [1, 2]),
        ("mabuun zai", [3]),
        ("hmad", []),
        ("  ", []),
    ],
)
def test_people_are_found_by_the_beginnings_of_their_words(ask, typed, found):
    people = ask("search", "m.makeSearch(it[0])(it[1]).people.map((one) => one.id)", [PEOPLE, typed])
    assert people == found


def entry(seq: int, kind: str, person: int = 1, **fields) -> dict:
    event = {"uid": f"u{seq}", "seq": seq, "kind": kind, "session": 7, "skew_ms": 0, "undoes": None}
    return {"event": event | fields, "person": person, "at": seq * 1000}


@pytest.mark.parametrize(
    ("entries", "here"),
    [
        ([], {"7/9": False}),
        ([entry(1, "in")], {"7/9": False, "7/1": False}),
        ([entry(2, "out"), entry(1, "in")], {"7/9": False, "7/1": True}),
        ([entry(1, "in"), entry(2, "out"), entry(3, "in")], {"7/9": False, "7/1": False}),
        ([entry(1, "in"), entry(2, "undo", undoes="u1")], {"7/9": False}),
        # What is taken back was sent before.
        ([entry(2, "undo", 9, undoes="u1")], {}),
        ([entry(1, "walk_in", person=None)], {"7/9": False}),
    ],
)
def test_what_waits_lies_on_top_of_what_the_portal_said(ask, entries, here):
    """Whoever is known, and whether they have left."""
    script = """[...m.withWaiting(m.readPresent({7: {9: {at: "", desk: "Meja 1", left: false}}}), it, "Meja 2")]
      .reduce((all, [key, { left }]) => ({ ...all, [key]: left }), {})"""
    assert ask("presence", script, entries) == here


def test_the_session_that_is_on_or_next_is_proposed(ask):
    sessions = [
        {"id": 1, "starts_at": "2026-04-08T00:00:00Z", "ends_at": "2026-04-08T02:00:00Z"},
        {"id": 2, "starts_at": "2026-04-08T03:00:00Z", "ends_at": "2026-04-08T05:00:00Z"},
    ]
    script = "[0, 2.5, 4, 9].map((hours) => m.sessionAt(it, Date.UTC(2026, 3, 8) + hours * 3600000).id)"
    assert ask("clock", script, sessions) == [1, 2, 2, 2]


def test_times_are_those_of_the_wave_wherever_the_phone_thinks_it_is(ask):
    wave = {"zone": "Asia/Makassar", "zone_label": "WITA"}
    assert ask("clock", 'm.timeIn(it)("2026-04-08T00:12:00Z")', wave) == "08.12 WITA"


def test_the_clock_is_measured_in_the_middle_of_the_round_trip(ask):
    assert ask("clock", 'm.skewFrom("1970-01-01T00:01:00Z", 10000, 14000)') == 48_000


WORD = '{"error": "revoked", "sentence": "Meja ini sudah dicabut."}'


@pytest.mark.parametrize(
    ("status", "body", "meaning"),
    [
        (403, WORD, "Refused"),
        (413, "<h1>Request Entity Too Large</h1>", "Refused"),
        # Whatever stands before the portal knows nothing of desks: nothing of what waits is given up for it.
        (401, "<h1>Masuk ke jaringan hotel</h1>", "NoNetwork"),
        (403, "<h1>Forbidden</h1>", "NoNetwork"),
        (404, "{}", "NoNetwork"),
        (410, "", "NoNetwork"),
        (502, WORD, "NoNetwork"),
    ],
)
def test_only_the_portal_itself_turns_a_desk_away(page: Page, ask, status, body, meaning):
    page.route("**/api/daftar/", lambda route: route.fulfill(status=status, body=body))
    assert ask("api", 'await m.fetchList("x").catch((error) => error.constructor.name)') == meaning


LIST = {
    "device": {"id": 1, "name": "Meja 1", "expires_at": "2199-01-01T00:00:00Z"},
    "people": [],
    "retired": [],
    "elsewhere": [],
    "present": {},
    "server_at": "2026-04-08T00:00:00Z",
    "sessions": [{"id": 7, "starts_at": "2026-04-08T00:00:00Z", "ends_at": "2026-04-08T02:00:00Z"}],
}
# How many lists lie on the device, some time after `act` was done with an open desk.
LISTS_LEFT = """await (async () => {
  const from = (name) => import(address.replace("desk.js", name));
  const vault = await (await from("vault.js")).openVault();
  const desk = await m.openDesk(vault, await (await from("queue.js")).openQueue(vault), () => {});
  await desk.open("N2x9c_Tq-7bVd3kLm0PzRwYs1aA");
  ACT;
  await new Promise((resolve) => setTimeout(resolve, 1500));
  return (await vault.idsIn("lists")).length;
})()"""


@pytest.mark.parametrize(
    ("act", "left"),
    [
        ("await desk.takeList(it, '')", 1),
        ("await desk.takeList(it, ''); desk.takeChanges([], it.server_at); await desk.leave()", 0),
        # It ends while the list is being sealed.
        (
            "const taken = desk.takeList(it, ''); await null; await null; await desk.end('Dicabut.'); await taken",
            0,
        ),
    ],
)
def test_no_list_stays_on_a_device_that_is_no_desk_any_more(ask, act, left):
    assert ask("desk", LISTS_LEFT.replace("ACT", act), LIST) == left
