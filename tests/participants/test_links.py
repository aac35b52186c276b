import uuid

from django.conf import settings
from django.urls import resolve

from participants.links import hash_of, personal_url
from rtportal.lib.links import hash_token


def test_the_address_in_a_message_opens_the_page_whose_hash_is_stored():
    link_id = uuid.uuid4()
    url = personal_url(link_id)
    assert url.startswith(f"{settings.BASE_URL}/u/")
    match = resolve(url.removeprefix(settings.BASE_URL))
    assert match.view_name == "participants:invitation_show"
    assert hash_token(match.kwargs["token"]) == hash_of(link_id)


def test_every_enrolment_has_a_link_of_its_own():
    assert hash_of(uuid.uuid4()) != hash_of(uuid.uuid4())
