"""The messages of a wave: what was sent to whom, over which channel, and what became of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.http import Http404
from django.utils.text import slugify

from participants.queries.deliveries import messages_of
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.documents.registry import Export, register
from rtportal.documents.tables import Cell, Column
from rtportal.lib import clock, phones
from rtportal.lib.keys import parse_key
from rtportal.messaging.channels import label_of
from rtportal.messaging.kinds import kind_labels
from rtportal.regions.models import Region

CHUNK = 1000
# Providers repeat in their answers to whom a message was to go, in any writing.
_NUMBER = re.compile(r"(?<!\d)(?:(?:\+?62|0)[ .-]?)?8(?:[ .-]?\d){8,11}(?!\d)")


@register
class MessagesExport(Export):
    """One row for each message to a participant, in the order in which they were written."""

    identifier = "pesan"
    label = "Pesan dan keadaannya"
    about = "wave"
    unit = "pesan"
    has_identity = True

    def __init__(self, user: User, params: Mapping[str, object]):
        waves = Wave.objects.visible_to(user).select_related("program__region")
        wave = waves.filter(pk=parse_key(str(params.get("wave")))).first()
        if wave is None:
            raise Http404("no such wave")
        self.params = {"wave": wave.pk}
        self.region_code = wave.program.region_id
        self.subject = wave.group
        self.title = f"{self.label} {wave.title}, {wave.program.name}"
        self.filename = slugify(f"pesan {wave.title} {wave.local_day} {wave.program.name}")[:120]
        self.zone = clock.parse_zone(wave.zone)
        self.messages = messages_of(wave, user)

    def count(self) -> int:
        return self.messages.count()

    def columns(self) -> Sequence[Column]:
        return [
            Column("Penerima", 32, name="penerima"),
            Column("Kelurahan/desa", 24, name="kelurahan"),
            Column("Kecamatan", 20, name="kecamatan"),
            Column("Jenis", 26, name="jenis"),
            Column("Saluran", 20, name="saluran"),
            Column("Alamat", 28, is_code=True, name="alamat"),
            Column("Keadaan", 18, name="keadaan"),
            Column("Sebab gagal", 32, name="sebab"),
            Column("Keterangan", 50, name="keterangan"),
            Column("Percobaan", 10, name="percobaan"),
            Column("Antre sejak", 24, name="antre"),
            Column("Selesai", 24, name="selesai"),
            Column("Laporan terakhir", 24, name="laporan"),
            Column("Data contoh", 12, name="contoh"),
        ]

    def rows(self) -> Iterator[Sequence[Cell]]:
        codes = set(self.messages.order_by().values_list("region_code", flat=True).distinct())
        places = Region.objects.select_related("parent").in_bulk(codes)
        kinds = kind_labels()
        for message in self.messages.order_by("pk").iterator(chunk_size=CHUNK):
            place = places.get(message.region_code)
            yield (
                message.recipient_name,
                place.full_name if place else message.region_code,
                place.parent.name if place and place.parent else "",
                kinds[message.kind],
                label_of(message.channel),
                message.address if self.is_unmasked else _masked(message.address),
                message.get_state_display(),
                message.get_failure_display(),
                message.detail if self.is_unmasked else _NUMBER.sub(_masked_number, message.detail),
                message.attempt_count,
                self._moment(message.queued_at),
                self._moment(message.closed_at),
                self._moment(message.reported_at),
                "ya" if message.is_synthetic else "",
            )

    def _moment(self, instant: datetime | None) -> str:
        return clock.short_moment(instant, self.zone) if instant else ""


def _masked(address: str) -> str:
    """A telephone number with its middle hidden; what is none, as an e-mail address or a place, as it is."""
    return phones.masked(address) if address.startswith("+") else address


def _masked_number(found: re.Match[str]) -> str:
    digits = "".join(sign for sign in found[0] if sign.isdigit())
    return phones.masked(f"+62{digits.removeprefix('62').removeprefix('0')}")
