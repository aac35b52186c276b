"""Tables that one step of a migration makes."""

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection, migrations, models
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import OperationWriter

from rtportal.lib.append_only import AppendOnly
from rtportal.lib.create_tables import CreateTables

pytestmark = pytest.mark.django_db(transaction=True)

APP = "create_tables_tests"
KEY = ("id", models.BigAutoField(primary_key=True))


def link(model: str, **options) -> models.ForeignKey:
    return models.ForeignKey(f"{APP}.{model}", models.CASCADE, related_name="+", **options)


# A house names its door, and doors belong to houses.
HOUSE = migrations.CreateModel(
    "House",
    [KEY, ("name", models.CharField(max_length=20)), ("door", link("Door", null=True))],
    options={"constraints": [models.UniqueConstraint(fields=["name"], name="house_name_once")]},
)
DOOR = migrations.CreateModel(
    "Door", [KEY, ("house", link("House"))], options={"constraints": [AppendOnly(name="door_append_only")]}
)


@pytest.fixture
def state() -> Iterator[ProjectState]:
    """The state after both are made; they are gone afterwards."""
    operation, before, after = CreateTables([HOUSE, DOOR]), ProjectState(), ProjectState()
    # As when `migrate` comes to it.
    assert not before.apps.get_models() and not after.apps.get_models()
    operation.state_forwards(APP, after)
    with connection.schema_editor() as editor:
        operation.database_forwards(APP, editor, before, after)
    yield after
    with connection.schema_editor() as editor:
        operation.database_backwards(APP, editor, after, before)
    assert not [name for name in connection.introspection.table_names() if name.startswith(APP)]


def test_tables_that_point_to_each_other_stand_with_all_that_belongs_to_them(state: ProjectState) -> None:
    houses, doors = (state.apps.get_model(APP, name).objects for name in ("House", "Door"))
    house = houses.create(name="Melati")
    house.door = doors.create(house=house)
    house.save()
    assert houses.get(door__house__name="Melati") == house
    with pytest.raises(IntegrityError):
        houses.create(name="Melati")
    with pytest.raises(IntegrityError):
        doors.update(house=None)
    # What cannot be deleted is not in the way of the tables' end.
    houses.update(door=None)


def test_the_state_is_that_of_one_after_the_other(state: ProjectState) -> None:
    one_by_one = ProjectState()
    for operation in (HOUSE, DOOR):
        operation.state_forwards(APP, one_by_one)
    assert state == one_by_one


def test_it_can_be_written_into_a_migration() -> None:
    text, _ = OperationWriter(CreateTables([DOOR]), indentation=0).serialize()
    assert text.startswith(
        "rtportal.lib.create_tables.CreateTables(\n    operations=[\n        migrations.CreateModel("
    )


def test_what_changes_a_table_is_refused() -> None:
    with pytest.raises(ValueError, match="CreateModel only"):
        CreateTables([HOUSE, migrations.AddField("house", "door", link("Door"))])
