from datetime import time

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from rtportal.documents.registry import Export, discover, exports_about, open_export, register
from tests import factories


def test_the_exports_of_all_apps_are_found_by_themselves():
    assert "daftar-peserta" in [export.identifier for export in exports_about("wave")]


def test_finding_them_again_changes_nothing():
    before = exports_about("wave")
    discover()
    assert exports_about("wave") == before


def test_two_exports_cannot_have_one_name(numbers):
    with pytest.raises(ValueError, match="bilangan"):
        register(type("Other", (numbers,), {}))


@pytest.mark.django_db
def test_the_right_is_asked_for_without_the_exports_doing(numbers):
    factories.regions()
    params = {"n": "3"}
    assert open_export("bilangan", user=factories.user(role="admin"), params=params).count() == 3
    with pytest.raises(PermissionDenied):
        open_export("bilangan", user=factories.user(role="official"), params=params)
    with pytest.raises(PermissionDenied):
        open_export("bilangan", user=factories.user(role="admin", region=factories.JAMBI), params=params)
    with pytest.raises(Http404):
        open_export("tidak-ada", user=factories.user(role="admin"), params=params)


@pytest.mark.django_db
def test_every_column_of_every_table_has_a_name_of_its_own():
    factories.regions()
    wave = factories.wave(invitations_opened_at=factories.NOW)
    factories.session(wave=wave)
    factories.session(wave=wave, title="Penutup", starts=time(13, 0))
    admin = factories.user(role="admin")
    for kind in exports_about("wave"):
        if issubclass(kind, Export):
            export = open_export(kind.identifier, user=admin, params={"wave": wave.pk})
            names = [column.name for column in export.columns()]
            assert all(names) and len(set(names)) == len(names), kind.identifier


@pytest.mark.django_db
def test_about_a_programme_there_are_tables_too():
    factories.regions()
    program = factories.wave().program
    admin = factories.user(role="admin")
    for kind in exports_about("program"):
        export = open_export(kind.identifier, user=admin, params={"program": program.pk})
        assert (export.subject, export.params) == (f"program:{program.pk}", {"program": program.pk})
        assert export.count() >= len(list(export.sheet().rows))
