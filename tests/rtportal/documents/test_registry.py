import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from rtportal.documents.registry import discover, exports_about, open_export, register
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
