"""What stands at the head and the foot of an office's papers."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from programs.letterheads import letterhead_of, signature_of
from programs.models import Signatory
from tests import factories

PNG = b"\x89PNG\r\n\x1a\n" + b"rest"

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    factories.regions(factories.TABALONG)
    return factories.office()


def test_the_head_names_the_government_and_the_office(office):
    head = letterhead_of(office)
    assert head["government"] == "Kabupaten Tabalong"
    assert head["logo"] == ""


def test_a_logo_is_drawn_from_what_is_stored(office):
    office.logo_path = default_storage.save("logos/tabalong", ContentFile(PNG))
    assert "data:image/png;base64,iVBORw0KGgpyZXN0" in letterhead_of(office)["logo"]


def test_a_logo_that_is_gone_leaves_the_paper_without_one(office):
    office.logo_path = "logos/gone"
    assert letterhead_of(office)["logo"] == ""


def test_the_signature_tells_place_date_name_and_nip(office):
    office.city = "Tanjung"
    signer = Signatory(
        office=office, name="Nor Hayati", gelar_belakang="S.Sos.", position="Kepala DPMD", nip="197001011990032001"
    )
    assert signature_of(signer, office, day=date(2023, 11, 8)) == {
        "place_date": "Tanjung, 8 November 2023",
        "position": "Kepala DPMD",
        "name": "Nor Hayati, S.Sos.",
        "rank": "",
        "nip": "197001011990032001",
    }


def test_without_a_signatory_the_office_signs_by_hand(office):
    signature = signature_of(None, office, day=date(2023, 11, 8))
    assert (signature["name"], signature["position"]) == ("", office.name)
