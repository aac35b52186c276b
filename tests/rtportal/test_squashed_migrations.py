"""Both ways to the tables: the migrations one by one, as databases in use go, and the squashed ones, as new ones go."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from rtportal.launch.preparation import migrate
from rtportal.operations.known_migrations import known_migrations, needed_migrations


def state_after(loader: MigrationLoader, *, squashed: bool) -> ProjectState:
    """As squashed migrations leave it, or the last of those that they replace. What came later is the same for both."""
    both = {key: migration.replaces[-1] for key, migration in loader.disk_migrations.items() if migration.replaces}
    apps = {app for app, _ in both}
    others = [key for key in loader.graph.leaf_nodes() if key[0] not in apps]
    return loader.project_state([*others, *(both if squashed else both.values())])


def test_both_come_to_the_same_models() -> None:
    loader = MigrationLoader(None, replace_migrations=False)
    one_by_one, squashed = (state_after(loader, squashed=each) for each in (False, True))
    assert one_by_one.models.keys() == squashed.models.keys()
    for key, model in one_by_one.models.items():
        other = squashed.models[key]
        # In this order stand the columns.
        assert list(model.fields) == list(other.fields)
        assert model == other


def test_a_new_database_goes_by_the_squashed_ones_alone() -> None:
    loader = MigrationLoader(None)
    replaced = {part for migration in loader.disk_migrations.values() for part in migration.replaces}
    assert replaced
    assert not replaced & loader.graph.nodes.keys()


@pytest.mark.django_db
def test_a_database_that_has_them_all_only_writes_the_squashed_ones_down() -> None:
    squashed = known_migrations() - needed_migrations()
    recorded = MigrationRecorder(connection).applied_migrations
    assert squashed <= recorded().keys()
    for app, name in squashed:
        MigrationRecorder(connection).record_unapplied(app, name)
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert migrate() == 0
    assert squashed <= recorded().keys()


@pytest.mark.django_db
def test_a_database_that_has_some_goes_on_by_the_others() -> None:
    squashed = known_migrations() - needed_migrations()
    last = [("messaging", "0014_seal_telephones_and_addresses"), ("messaging", "0015_seal_what_was_plain")]
    for app, name in [*last, *squashed]:
        MigrationRecorder(connection).record_unapplied(app, name)
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    assert [(migration.app_label, migration.name) for migration, _ in plan] == last
