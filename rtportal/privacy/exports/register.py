"""The register of processing as a table."""

from collections.abc import Iterator, Mapping, Sequence

from django.http import Http404
from django.utils.text import slugify

from rtportal.accounts.models import User
from rtportal.accounts.scope import Right, scope_of
from rtportal.documents.registry import Export, register
from rtportal.documents.tables import Cell, Column
from rtportal.lib.clean_text import storable
from rtportal.privacy.register import lines
from rtportal.regions.codes import is_within
from rtportal.regions.models import Region


@register
class RegisterExport(Export):
    """A row for each field: what it holds, of whom, why, from where, for whom, how long, how guarded."""

    identifier = "rekaman-pemrosesan"
    label = "Rekaman pemrosesan data"
    about = "privacy"
    right = Right.MANAGE_PRIVACY
    unit = "baris"

    def __init__(self, user: User, params: Mapping[str, object]):
        code = storable(str(params.get("region", "")))[:13]
        region = Region.objects.filter(pk=code).first()
        if region is None or not any(is_within(code, area) for area in scope_of(user).areas):
            raise Http404("no such region")
        self.params = {"region": code}
        self.region_code = code
        self.subject = f"region:{code}"
        self.title = f"{self.label}, {region.full_name}"
        self.filename = slugify(self.title)[:120]

    def count(self) -> int:
        return len(lines())

    def columns(self) -> Sequence[Column]:
        return [
            Column("Kelompok", 18, name="kelompok"),
            Column("Catatan", 16, name="catatan"),
            Column("Data", 22, name="data"),
            Column("Milik", 16, name="milik"),
            Column("Tujuan", 30, name="tujuan"),
            Column("Dasar pemrosesan (UU 27/2022)", 34, name="dasar"),
            Column("Sumber", 24, name="sumber"),
            Column("Penerima", 28, name="penerima"),
            Column("Masa simpan", 24, name="masa_simpan"),
            Column("Pelindungan", 20, name="pelindungan"),
        ]

    def rows(self) -> Iterator[Sequence[Cell]]:
        for one in lines():
            yield (
                *(one.group, one.record, one.field, str(one.whose), one.purpose, str(one.basis)),
                *(one.source, one.recipients, one.retention, str(one.protection)),
            )
