"""Templates, and a portal that is steered to the stub."""

from django.urls import reverse

from rtportal.messaging.models import WhatsAppTemplate
from tests.factories import NOW
from tests.infra.whatsapp_stub import WhatsAppStub
from tests.rtportal.messaging.letters import LETTER

Status = WhatsAppTemplate.Status
PHONE = "+6281234567890"


def whatsapp_template(kind: str = "invitation", **fields) -> WhatsAppTemplate:
    """A draft, unless `fields` say otherwise."""
    values = {
        "name": f"{kind}_v1",
        "body": "Yth. Bapak/Ibu, ada surat untuk Anda.",
        "has_link": False,
        "changed_at": NOW,
    }
    return WhatsAppTemplate.objects.create(kind=kind, **(values | fields))


def approve(stub: WhatsAppStub, kind: str = LETTER, **fields) -> WhatsAppTemplate:
    """A template that Meta has approved, here and there."""
    template = whatsapp_template(kind, status=Status.APPROVED, **fields)
    stub.templates[template.name] = "APPROVED"
    return template


def steer(settings, stub: WhatsAppStub) -> None:
    """The portal under test talks to the stub."""
    for name, value in stub.environment().items():
        setattr(settings, name, value)
    settings.MESSAGE_CHANNELS = ["whatsapp"]


def webhook() -> str:
    return reverse("messaging:whatsapp_webhook")
