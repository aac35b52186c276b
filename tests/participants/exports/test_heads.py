"""The RT heads of a region as a file."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from participants import nik_store
from participants.roster_file.columns import KNOWN, squeezed
from participants.roster_file.differences import find_differences
from participants.roster_file.reading import read_roster
from rtportal.documents.registry import open_export
from rtportal.regions.models import Region
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, TABALONG
from tests.participants import rosters

pytestmark = pytest.mark.django_db
NIK = "6309061203700001"


@pytest.fixture
def admin():
    factories.regions()
    return factories.user(role="admin")


def opened(user, region=TABALONG, **params):
    is_unmasked = params.pop("is_unmasked", False)
    return open_export("daftar-ketua-rt", user=user, params={"region": region, **params}, is_unmasked=is_unmasked)


def records(export) -> list[dict]:
    headings = [column.heading for column in export.columns()]
    return [dict(zip(headings, row, strict=True)) for row in export.rows()]


def test_it_tells_telephones_and_niks_masked_under_headings_no_import_reads(admin):
    factories.head(phone="+6281234567890", nik_encrypted=nik_store.sealed(NIK), nik_digest=nik_store.digest_of(NIK))
    [row] = records(opened(admin))
    assert row["HP tersamar"] == "0812-••••-7890"
    assert row["NIK tersamar"] == "6309••••••••0001"
    assert not {squeezed("HP tersamar"), squeezed("NIK tersamar")} & set(KNOWN)


def test_in_full_it_can_be_uploaded_again_and_changes_nothing(admin):
    for district in (MURUNG_PUDAK, JARO):
        factories.heads(4, district=district)
    factories.head(
        number="077",
        name="Nor Hayati",
        gelar_depan="Hj.",
        gelar_belakang="S.Pd.",
        nik_encrypted=nik_store.sealed(NIK),
        nik_digest=nik_store.digest_of(NIK),
        status="plt",
    )
    export = opened(admin, is_unmasked=True)
    rows = [list(row) for row in export.rows()]
    file = rosters.csv(rows, tuple(column.heading for column in export.columns()))
    region = Region.objects.get(pk=TABALONG)
    reading = read_roster(file, "ketua-rt.csv", region)
    found = find_differences(reading.checked, TABALONG)
    assert (len(rows), reading.checked.faults, found.new, found.changed) == (9, [], [], [])
    assert (found.unchanged, found.missing) == (9, [])


def test_it_is_narrowed_as_the_page_is(admin):
    factories.heads(3, district=JARO)
    factories.head(number="050", name="Tanpa Telepon", phone="")
    assert opened(admin, JARO).count() == 3
    export = opened(admin, tanpa_hp="1", cari=" tanpa  telepon ")
    assert [row["Nama"] for row in records(export)] == ["Tanpa Telepon"]
    assert export.narrowed_to() == [("Dicari", "tanpa telepon"), ("Tanpa nomor HP", "ya")]
    assert export.params == {"region": TABALONG, "cari": "tanpa telepon", "tanpa_hp": "1"}


@pytest.mark.parametrize("region", ["", "15.71", "99", "\x00", "63"])
def test_another_region_is_not_there(admin, region):
    with pytest.raises(Http404):
        opened(admin, region)


def test_whoever_may_not_export_is_refused(admin):
    with pytest.raises(PermissionDenied):
        opened(factories.user(role="official"))


def test_many_heads_cost_as_many_queries_as_one(admin):
    def cost() -> int:
        export = opened(admin)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert list(export.rows())
        return len(queries)

    factories.heads(1, district=JARO)
    before = cost()
    factories.heads(30, district=MURUNG_PUDAK)
    assert cost() == before
