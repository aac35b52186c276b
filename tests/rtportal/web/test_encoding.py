import pytest

from participants.models import Enrolment
from tests import factories
from tests.participants.two_waves import coming_waves, enrol

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("charset", ["raw_unicode_escape", "unicode_escape", "rot13", "hex", "utf-16", "utf-8"])
def test_what_is_sent_is_utf_8_whatever_character_set_it_claims(client, charset):
    factories.regions()
    (person,) = enrol(coming_waves()[0], 1)
    parts = {"answer": "declined", "reason": "\\ud800 sakit"}
    lines = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n' for name, text in parts.items()]
    body = f"{''.join(lines)}--x--\r\n".encode()
    content_type = f"multipart/form-data; boundary=x; charset={charset}"
    # `generic` sends the bytes as they are.
    address = f"{factories.personal_path(person)}?dari=é"
    answer = client.generic("POST", address, body, content_type=content_type)
    assert answer.status_code == 302
    assert Enrolment.objects.get().reason == "\\ud800 sakit"
