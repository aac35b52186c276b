"""Keeping speakers."""

import pytest

from programs.errors import StaleEdit
from rtportal.audit.models import AuditEvent
from rtportal.lib.errors import InputError
from sessions.models import Speaker
from sessions.use_cases.save_speaker import save_speaker
from tests import factories
from tests.factories import NOW, TABALONG


@pytest.fixture
def save(db):
    factories.regions()
    official = factories.user()

    def save(speaker=None, **fields):
        empty = dict.fromkeys(
            ("gelar_depan", "name", "gelar_belakang", "position", "institution", "phone", "email"), ""
        )
        version = fields.pop("version", speaker.version if speaker else 0)
        return save_speaker(
            speaker=speaker, version=version, region_code=TABALONG, **empty | fields, actor=official, now=NOW
        )

    return save


def test_a_position_alone_is_enough(save):
    assert save(position="Kepala BNNK Tabalong").title == "Kepala BNNK Tabalong"
    line = AuditEvent.objects.get()
    assert (line.sentence, line.subject) == ("Menambah narasumber Kepala BNNK Tabalong.", "region:63.09")


def test_the_name_is_filled_in_later(save):
    speaker = save(position="Kepala BNNK Tabalong")
    save(speaker, name="Ahmad Rifani", gelar_belakang="S.H.", position="Kepala BNNK Tabalong")
    speaker.refresh_from_db()
    assert speaker.title == "Ahmad Rifani, S.H., Kepala BNNK Tabalong"
    assert AuditEvent.objects.first().action == "speaker.updated"


def test_saving_the_same_again_leaves_no_trace(save):
    save(save(name="Ahmad"), name="Ahmad")
    assert AuditEvent.objects.count() == 1


def test_nobody_at_all_is_refused(save):
    with pytest.raises(InputError, match="Isi nama atau jabatan"):
        save(institution="BNNK")
    assert not Speaker.objects.exists()


def test_the_same_person_twice_is_refused(save):
    save(name="Ahmad Rifani", position="Camat")
    with pytest.raises(InputError, match="Sudah ada narasumber"):
        save(name="ahmad rifani", position="CAMAT")
    assert Speaker.objects.count() == 1


def test_the_same_office_elsewhere_is_another_person(save):
    factories.speaker(region=factories.JAMBI, position="Kepala BNNK")
    assert save(position="Kepala BNNK").region_id == TABALONG


def test_an_edit_on_top_of_an_older_version_is_refused_with_what_changed(save):
    speaker = save(name="Ahmad Rifani", institution="BNNK")
    save(speaker, name="Ahmad Rifani", institution="BNN", topics="Narkoba, , Narkoba\nRehabilitasi")
    with pytest.raises(StaleEdit) as stale:
        save(speaker, version=1, name="Ahmad Rifani", phone="0526")
    assert [(change.label, change.before, change.after) for change in stale.value.changes] == [
        ("Instansi", "BNNK", "BNN"),
        ("Topik", "(kosong)", "Narkoba, Rehabilitasi"),
    ]
    assert (stale.value.version, Speaker.objects.get().phone) == (2, "")
