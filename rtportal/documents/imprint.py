"""What a file says about itself, and what the history says of it."""

from datetime import datetime

from rtportal.documents.models import GeneratedFile
from rtportal.documents.registry import Export
from rtportal.documents.tables import Imprint
from rtportal.lib import clock
from rtportal.regions.models import Region

IN_FULL = "NIK dan nomor HP lengkap"
MASKED = "NIK dan nomor HP disamarkan"


def imprint_of(file: GeneratedFile, export: Export, *, now: datetime) -> Imprint:
    """Who asked for the file, when and what for; times in the zone of its region. One query."""
    zone = Region.objects.values_list("time_zone", flat=True).get(pk=file.region_code)
    asked = clock.moment_words(file.requested_at, zone)
    facts = [
        ("Data pada", clock.moment_words(now, zone)),
        ("Diekspor oleh", str(file.owner)),
        ("Diekspor pada", asked),
        ("Keperluan", file.purpose or "tidak ditulis"),
        *export.narrowed_to(),
    ]
    if export.has_identity:
        facts.append(("Isi", IN_FULL if file.is_unmasked else MASKED))
    watermark = f"Diekspor oleh {file.owner} pada {asked}."
    if file.purpose:
        watermark += f" Keperluan: {file.purpose}."
    if file.is_unmasked:
        watermark = f"RAHASIA, {IN_FULL}. {watermark}"
    return Imprint(title=file.title, watermark=watermark, facts=facts, paper=export.paper)


def told_of(file: GeneratedFile) -> str:
    """What a line of the history adds: whether identity is in full, and the purpose; "" for neither."""
    full = f", {IN_FULL}" if file.is_unmasked else ""
    return f"{full}, untuk: {file.purpose}" if file.purpose else full
