"""A wave that is over and to be accounted for: who came, what was paid."""

from decimal import Decimal
from io import BytesIO

from participants.models import Enrolment, Payment, WavePhoto
from participants.use_cases.add_wave_photo import add_wave_photo
from programs.models import PaperSettings, Wave
from rtportal.accounts.models import User
from rtportal.documents.models import GeneratedFile, SignedPaper
from rtportal.documents.registry import open_export
from rtportal.documents.use_cases.keep_signed_paper import keep_signed_paper
from tests import factories
from tests.participants.certified import attended, taught_wave
from tests.rtportal.lib.pictures import png

A_PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def paid(enrolment: Enrolment, *, by: User, **fields) -> Payment:
    """Money that was handed over."""
    values = {"amount": 100_000, "received_by": enrolment.head.full_name, "paid_at": factories.NOW} | fields
    return Payment.objects.create(enrolment=enrolment, recorded_by=by, **values)


def photographed(wave: Wave, *, by: User) -> WavePhoto:
    """A photo that was kept."""
    return add_wave_photo(wave=wave, content=png(), caption="Pembukaan", by=by, now=factories.NOW)


def paper_file(wave: Wave, *, by: User) -> GeneratedFile:
    """A paper of the wave that was made, without its pages."""
    return GeneratedFile.objects.create(
        owner=by,
        export="notulen",
        format="pdf",
        params={"wave": wave.pk},
        region_code=wave.program.region_id,
        subject=wave.group,
        title="Notulen",
        filename="notulen.pdf",
        state="ready",
        requested_at=factories.NOW,
    )


def signed(wave: Wave, *, by: User) -> SignedPaper:
    """The minutes as they came back signed."""
    paper = open_export("notulen", user=by, params={"wave": wave.pk})
    wishes = {"name": "notulen bertanda tangan.pdf", "content": BytesIO(A_PDF), "size": len(A_PDF)}
    return keep_signed_paper(paper=paper, **wishes, by=by, now=factories.NOW)


def pays(wave: Wave, amount: int = 100_000, tax: str = "5") -> PaperSettings:
    """The programme pays so much transport money."""
    return PaperSettings.objects.create(program=wave.program, transport_amount=amount, transport_tax=Decimal(tax))


def held_wave(count: int = 3, came: int = 2) -> tuple[Wave, list[Enrolment], User]:
    """A wave of `count` heads, the first `came` of whom were there; the official who recorded it."""
    wave, session, people = taught_wave(count, invitations_opened_at=factories.NOW)
    official = factories.user()
    attended(session, *people[:came], by=official)
    return wave, people, official
