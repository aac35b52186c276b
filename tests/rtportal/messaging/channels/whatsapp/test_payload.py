from rtportal.messaging.channels.whatsapp.payload import message_request, plain, template_request
from rtportal.messaging.models import WhatsAppTemplate


def template(**fields) -> WhatsAppTemplate:
    values = {
        "kind": "invitation",
        "name": "invitation_v1",
        "body": "Yth. Bapak/Ibu {nama}, Ketua {rt}. Kami tunggu di {tempat}, {nama}, terima kasih.",
        "footer": "DPMD Kabupaten Tabalong",
        "parameters": ["nama", "rt", "tempat"],
        "has_link": True,
        "has_replies": True,
        "life_minutes": 60,
    }
    return WhatsAppTemplate(**(values | fields))


def test_a_template_is_submitted_with_numbered_places_and_an_example_of_each():
    examples = {"nama": "Ahmad", "rt": "RT 05", "tempat": "Aula\nPendopo"}
    body = template_request(template(), base_url="https://portal.test", examples=examples)
    text, footer, buttons = body["components"]
    assert (body["name"], body["language"], body["category"]) == ("invitation_v1", "id", "UTILITY")
    assert text["text"] == "Yth. Bapak/Ibu {{1}}, Ketua {{2}}. Kami tunggu di {{3}}, {{1}}, terima kasih."
    assert text["example"] == {"body_text": [["Ahmad", "RT 05", "Aula Pendopo"]]}
    assert footer == {"type": "FOOTER", "text": "DPMD Kabupaten Tabalong"}
    assert [button["type"] for button in buttons["buttons"]] == ["URL", "QUICK_REPLY", "QUICK_REPLY"]
    assert buttons["buttons"][0]["url"] == "https://portal.test/{{1}}"


def test_meta_is_told_how_long_it_may_deliver():
    body = template_request(template(life_minutes=30), base_url="https://portal.test", examples={})
    assert body["message_send_ttl_seconds"] == 1800


def test_a_template_without_variables_and_buttons_has_only_its_text():
    bare = template(body="Ada surat.", parameters=[], footer="", has_link=False, has_replies=False)
    body = template_request(bare, base_url="https://portal.test", examples={})
    assert body["components"] == [{"type": "BODY", "text": "Ada surat."}]


def test_a_message_fills_the_places_in_their_order_and_carries_our_id():
    body = message_request(
        template(), to="6281234567890", values=["Ahmad", "RT 05", "Aula"], link_suffix="u/abc/", opaque="7-1-ab"
    )
    text, link, coming, declining = body["template"]["components"]
    assert body["biz_opaque_callback_data"] == "7-1-ab"
    assert [each["text"] for each in text["parameters"]] == ["Ahmad", "RT 05", "Aula"]
    assert (link["sub_type"], link["index"]) == ("url", "0")
    assert link["parameters"] == [{"type": "text", "text": "u/abc/"}]
    assert (coming["sub_type"], coming["index"]) == ("quick_reply", "1")
    assert coming["parameters"] == [{"type": "payload", "payload": "RSVP:7-1-ab:HADIR"}]
    assert declining["index"] == "2"
    assert declining["parameters"] == [{"type": "payload", "payload": "RSVP:7-1-ab:TIDAK"}]


def test_without_a_link_the_replies_are_the_first_buttons():
    body = message_request(template(has_link=False), to="62", values=[], link_suffix="", opaque="x")
    assert [each["index"] for each in body["template"]["components"]] == ["0", "1"]


def test_values_stand_on_one_line_and_are_never_empty():
    assert plain("Semula:\n\tRabu     pagi ") == "Semula: Rabu pagi"
    assert plain(" \n") == "-"
    assert len(plain("a" * 5000)) < 1024
