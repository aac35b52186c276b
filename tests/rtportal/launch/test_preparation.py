"""A start does what is missing and nothing twice."""

from pathlib import Path

import pytest
from django.db import transaction

from programs.models import Program
from rtportal.accounts.models import User
from rtportal.launch.preparation import Memory, collect_static, load_demo, load_regions, migrate
from rtportal.regions.models import Region
from tests import factories


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "launch.json")


def test_what_is_remembered_is_there_at_the_next_start(tmp_path: Path) -> None:
    Memory(tmp_path / "launch.json").put("static", "abc")
    assert Memory(tmp_path / "launch.json").get("static") == "abc"
    assert Memory(tmp_path / "launch.json").get("regions") == ""


@pytest.mark.django_db
def test_migrated_tables_are_left_alone() -> None:
    assert migrate() == 0


@pytest.mark.django_db
def test_regions_are_loaded_once_and_again_into_an_emptied_database(memory: Memory) -> None:
    with transaction.atomic():
        assert load_regions(memory)
        assert Region.objects.count() == 91_599
        assert not load_regions(memory)
        transaction.set_rollback(True)

    assert not Region.objects.exists()
    assert load_regions(memory)


@pytest.mark.django_db
def test_the_demo_never_mixes_with_real_work() -> None:
    factories.regions(factories.TABALONG)
    factories.user()
    assert not load_demo()
    assert not Program.objects.exists()


@pytest.mark.django_db
def test_the_demo_comes_into_an_empty_database_once() -> None:
    factories.regions()
    assert load_demo()
    accounts = User.objects.count()
    assert accounts > 0
    assert not load_demo()
    assert User.objects.count() == accounts


def test_static_files_are_collected_when_one_of_them_changed(memory: Memory, tmp_path: Path, settings) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("a {}")
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "collected"

    assert collect_static(memory)
    assert (tmp_path / "collected" / "a.css").exists()
    assert not collect_static(memory)

    (source / "a.css").rename(source / "b.css")
    assert collect_static(memory)
    assert [path.name for path in (tmp_path / "collected").iterdir()] == ["b.css"]
