"""WhatsApp by Meta's Cloud API: messages made of templates that Meta has approved."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property

from django.conf import settings

from rtportal.lib import clock
from rtportal.lib.phones import PhoneError, parse_mobile
from rtportal.messaging.channels.base import (
    ChannelUnavailable,
    Pace,
    PermanentRefusal,
    Person,
    PlainChannel,
    Receipt,
    Refusal,
    TemporaryRefusal,
)
from rtportal.messaging.channels.whatsapp.client import Answer, GraphClient, NotSent
from rtportal.messaging.channels.whatsapp.errors import Effect, meaning_of
from rtportal.messaging.channels.whatsapp.payload import LINK_VARIABLE, message_request
from rtportal.messaging.channels.whatsapp.reader import read
from rtportal.messaging.kinds import Content
from rtportal.messaging.models import Message, WhatsAppTemplate
from rtportal.messaging.opaque import opaque_id
from rtportal.messaging.reports import Told

Failure = Message.Failure
# Meta's limits for one number: 80 messages a second, one in 6 seconds to one person.
GAP = timedelta(seconds=1) / 80
PERSON_GAP = timedelta(seconds=6)
_HELD = "Ditahan Meta untuk diperiksa."


class UnclearAnswer(Exception):
    """The request arrived somewhere, but what came back does not say what became of the message."""


class WhatsAppChannel(PlainChannel):
    name = "whatsapp"
    label = "WhatsApp"

    @property
    def pace(self) -> Pace:
        return Pace(people_per_day=settings.WHATSAPP_PEOPLE_PER_DAY, gap=GAP, person_gap=PERSON_GAP)

    @property
    def price(self) -> int:
        return settings.WHATSAPP_PRICE

    def is_configured(self) -> bool:
        return bool(settings.WHATSAPP_TOKEN and settings.WHATSAPP_PHONE_NUMBER_ID)

    def address_of(self, person: Person) -> str:
        if person.is_synthetic:
            return ""
        try:
            return parse_mobile(person.phone)
        except PhoneError:
            return ""

    def carries(self, kind: str) -> str:
        if WhatsAppTemplate.objects.usable().filter(kind=kind).exists():
            return ""
        return "Templat WhatsApp untuk jenis pesan ini belum disetujui Meta."

    @contextmanager
    def open(self) -> Iterator["WhatsAppSender"]:
        if not self.is_configured():
            raise ChannelUnavailable("WhatsApp belum diatur (WHATSAPP_TOKEN, WHATSAPP_PHONE_NUMBER_ID).")
        client = new_client()
        try:
            yield WhatsAppSender(client)
        finally:
            client.close()

    def read(self, payload: dict) -> Told:
        return read(payload)


class WhatsAppSender:
    """One kept connection for a whole batch, made on the first send."""

    def __init__(self, client: GraphClient):
        self._client = client
        self._path = f"{settings.WHATSAPP_PHONE_NUMBER_ID}/messages"

    @cached_property
    def _templates(self) -> dict[str, WhatsAppTemplate]:
        return {template.kind: template for template in WhatsAppTemplate.objects.usable()}

    def send(self, message: Message, content: Content, *, expires_at: datetime | None) -> Receipt:
        if message.is_synthetic:
            raise PermanentRefusal("Data contoh tidak pernah dikirimi WhatsApp.", failure=Failure.ADDRESS)
        template = self._templates.get(message.kind)
        if template is None:
            sentence = "Templat WhatsApp untuk jenis pesan ini belum disetujui Meta."
            raise PermanentRefusal(sentence, failure=Failure.CONTENT)
        _refuse_if_it_could_ring_too_late(message, template, expires_at)
        body = message_request(
            template,
            to=message.address.removeprefix("+"),
            values=[_value(content, name) for name in template.parameters],
            link_suffix=_link_suffix(content) if template.has_link else "",
            opaque=opaque_id(message.pk, message.attempt_count),
        )
        try:
            answer = self._client.post(self._path, body)
        except NotSent as error:
            raise ChannelUnavailable("WhatsApp tidak dapat dihubungi dari peladen portal.") from error
        if not answer.is_ok:
            raise refusal_in(answer)
        return _receipt(answer)


def new_client() -> GraphClient:
    """A connection with the account of the settings; the caller closes it."""
    return GraphClient(api_url=settings.WHATSAPP_API_URL, token=settings.WHATSAPP_TOKEN)


def refusal_in(answer: Answer) -> Exception:
    """What an answer without success says: a refusal if it is certain that nothing was taken."""
    if not answer.error:
        # Not the API's own words. Something before it refused, or something broke after it may have taken the message.
        if answer.status >= 500 and answer.status != 503:
            return UnclearAnswer(f"HTTP {answer.status}")
        detail = f"Alamat WhatsApp (WHATSAPP_API_URL) menjawab lain dari yang diharapkan (HTTP {answer.status})."
        return ChannelUnavailable(detail, until=_after(answer.retry_after))
    meaning = meaning_of(answer.code, answer.status)
    wait = answer.retry_after or meaning.pause
    refusals: dict[Effect, Refusal] = {
        Effect.THIS_FOR_GOOD: PermanentRefusal(meaning.sentence, failure=meaning.failure),
        Effect.THIS_FOR_NOW: TemporaryRefusal(meaning.sentence, retry_after=wait),
        Effect.ALL_FOR_NOW: ChannelUnavailable(meaning.sentence, until=_after(wait)),
    }
    return refusals[meaning.effect]


def _receipt(answer: Answer) -> Receipt:
    try:
        [sent, *_] = answer.body["messages"]
        reference = sent["id"]
        held = sent.get("message_status") == "held_for_quality_assessment"
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnclearAnswer("no id in the answer") from error
    return Receipt(reference=str(reference), detail=_HELD if held else "")


def _refuse_if_it_could_ring_too_late(
    message: Message, template: WhatsAppTemplate, expires_at: datetime | None
) -> None:
    """Meta may deliver for as long as the template allows: later than that before the end nothing is handed over.

    Where the end is the message's own, another channel may still be in time; before the quiet hours it only waits.
    """
    now = clock.now()
    if message.expires_at and now + template.life > message.expires_at:
        sentence = "Terlalu dekat dengan batas waktu pesan ini: WhatsApp dapat mengantarnya sesudah batas itu."
        raise PermanentRefusal(sentence, failure=Failure.UNDELIVERED)
    if expires_at and now + template.life > expires_at:
        sentence = "Terlalu dekat dengan jam tenang: WhatsApp dapat mengantarnya sesudah jam kirim berakhir."
        raise TemporaryRefusal(sentence, retry_after=max(expires_at - now, timedelta(0)))


def _value(content: Content, name: str) -> str:
    try:
        return content.values[name]
    except KeyError:
        sentence = f"Templat WhatsApp memakai isian “{name}”, yang tidak ada pada pesan ini."
        raise PermanentRefusal(sentence, failure=Failure.CONTENT) from None


def _link_suffix(content: Content) -> str:
    """What follows the portal's address in the personal link: the button holds the address itself."""
    link = _value(content, LINK_VARIABLE)
    suffix = link.removeprefix(f"{settings.BASE_URL}/")
    if suffix == link or not suffix:
        raise PermanentRefusal("Tautan pribadi pesan ini tidak menuju portal ini.", failure=Failure.CONTENT)
    return suffix


def _after(wait: timedelta | None) -> datetime | None:
    return clock.now() + wait if wait is not None else None


channel = WhatsAppChannel()
