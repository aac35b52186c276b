import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from participants.models import RosterImport
from participants.use_cases.upload_roster import upload_roster
from rtportal.audit.models import AuditEvent
from rtportal.regions.models import Region
from tests import factories
from tests.participants import rosters

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _regions():
    factories.regions()


def test_the_file_is_kept_under_a_name_nobody_can_guess(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waking:
        made = rosters.uploaded(b"isi", filename="../../Daftar RT.xlsx")
    assert made.state == RosterImport.State.UPLOADED
    assert "Daftar" not in made.path
    with default_storage.open(made.path) as file:
        assert file.read() == b"isi"
    assert len(waking) == 1
    assert AuditEvent.objects.get().subject == "region:63.09"


def test_a_strange_name_is_shortened_and_cleaned():
    made = rosters.uploaded(b"isi", filename="a\x00b" + "x" * 500 + ".xlsx")
    made.refresh_from_db()
    assert len(made.filename) == 200
    assert "\x00" not in made.filename


def test_a_failed_upload_leaves_no_file_behind():
    before = default_storage.listdir("rosters")[1] if default_storage.exists("rosters") else []
    region = Region.objects.get(pk=factories.TABALONG)
    with pytest.raises(ValueError, match="User"):
        upload_roster(region=region, upload=ContentFile(b"isi"), filename="a", by=region, now=factories.NOW)
    assert default_storage.listdir("rosters")[1] == before
