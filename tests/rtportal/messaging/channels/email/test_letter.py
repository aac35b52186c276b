"""The HTML part of a mail."""

import re
from email import message_from_bytes, policy
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from rtportal.messaging.channels.email import wire
from rtportal.messaging.channels.email.letter import letter
from tests.rtportal.messaging.channels.email.test_wire import AT

LINK = "http://localhost:8000/u/" + "a" * 27 + "/"
TEXT = f"""Assalamualaikum, Bapak/Ibu H. Ahmad – Ketua RT 005.

Waktu: Rabu, 8 April 2026
Tempat: Aula

Jawab lewat tautan ini:
{LINK}

Peta: https://peta.test/a?b=1&c=2. Terima kasih.
"""


class Page(HTMLParser):
    """What a mail program would show and fetch."""

    def __init__(self, html: str):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    @property
    def links(self) -> list[str]:
        return [attributes["href"] for tag, attributes in self.tags if tag == "a"]


def page(text: str = TEXT, subject: str = "Undangan", office: str = "DPMD Kabupaten Tabalong") -> Page:
    return Page(letter(subject=subject, text=text, office=office))


def words(text: str) -> list[str]:
    return text.split()


def test_it_says_what_the_text_says_under_the_name_of_the_office():
    shown = page()
    assert words(shown.text)[:5] == ["Undangan", "DPMD", "Kabupaten", "Tabalong", "Assalamualaikum,"]
    for line in TEXT.splitlines():
        assert " ".join(words(line)) in " ".join(words(shown.text))


def test_the_personal_link_is_a_button_and_stands_there_to_be_read():
    shown = page()
    assert shown.links == [LINK, "https://peta.test/a?b=1&c=2"]
    assert "Buka halaman pribadi Bapak/Ibu" in shown.text
    assert LINK in shown.text


def test_nothing_is_fetched_from_anywhere():
    assert {tag for tag, _ in page().tags} <= {
        *("html", "head", "meta", "title", "body", "table", "tr", "td", "p", "br", "a")
    }
    assert "url(" not in letter(subject="", text=TEXT, office="")


@given(text=st.text(max_size=300), subject=st.text(max_size=50), office=st.text(max_size=50))
def test_whatever_somebody_types_stays_text(text, subject, office):
    known = {tag for tag, _ in page().tags}
    shown = page(f'<script>alert(1)</script> <b onclick=x> {text} https://a.test/"><img src=x>', subject, office)
    assert {tag for tag, _ in shown.tags} <= known
    assert not [name for _, attributes in shown.tags for name in attributes if name.startswith("on")]
    assert "alert(1)" in shown.text


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=2000))
def test_both_parts_arrive_whole(text):
    html = letter(subject="Undangan", text=text, office="DPMD")
    data = wire.compose(
        sender="portal@dpmd.test",
        recipient_name="Ahmad",
        address="rt@rt.test",
        subject="Undangan",
        text=text,
        html=html,
        message_id="<1.2@dpmd.test>",
        at=AT,
        expires_at=AT,
    )
    email = message_from_bytes(data, policy=policy.default)
    plain, rich = email.iter_parts()
    assert [plain.get_content_type(), rich.get_content_type()] == ["text/plain", "text/html"]
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert re.sub(r"\s", "", rich.get_content()) == re.sub(r"\s", "", html)
    assert email["Expires"] == "Mon, 02 Mar 2026 02:00:00 +0000"
    assert email.get_content_type() == "multipart/alternative"
    assert not email.defects
