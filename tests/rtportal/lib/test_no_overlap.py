"""The constraint in the database itself, on a table that migrations make and change."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, migrations, models
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter

from rtportal.lib.no_overlap import NoOverlap

pytestmark = pytest.mark.django_db(transaction=True)

EIGHT = datetime(2026, 4, 8, 0, 0, tzinfo=UTC)
APP = "overlap_tests"
RULE = NoOverlap(
    key="room", starts="starts_at", ends="ends_at", name="room_taken_once", violation_error_message="Ruang terpakai."
)


def create(*, constraints):
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("room", models.BigIntegerField(db_index=True)),
        ("starts_at", models.DateTimeField()),
        ("ends_at", models.DateTimeField()),
        ("note", models.CharField(max_length=10, default="")),
    ]
    return migrations.CreateModel("Use", fields, options={"constraints": constraints})


class Schema:
    """A table that follows migration operations."""

    def __init__(self):
        self.state = ProjectState()

    def migrate(self, *operations):
        """All in one migration."""
        with connection.schema_editor() as editor:
            for operation in operations:
                before, after = self.state, self.state.clone()
                operation.state_forwards(APP, after)
                operation.database_forwards(APP, editor, before, after)
                self.state = after

    @property
    def model(self):
        return self.state.apps.get_model(APP, "Use")

    def use(self, room, first, last, **fields):
        """A use of the room between two hours, counted from eight."""
        starts_at, ends_at = (EIGHT + timedelta(hours=hour) for hour in (first, last))
        return self.model.objects.create(room=room, starts_at=starts_at, ends_at=ends_at, **fields)


@pytest.fixture
def schema():
    made = Schema()
    yield made
    made.migrate(migrations.DeleteModel("Use"))


CHANGES = {
    "made with the table": [create(constraints=[RULE])],
    "added later": [create(constraints=[]), migrations.AddConstraint("use", RULE)],
    "a column altered": [
        create(constraints=[RULE]),
        migrations.AlterField("use", "note", models.TextField(default="", db_index=True)),
    ],
    "a column added": [
        create(constraints=[RULE]),
        migrations.AddField("use", "seats", models.IntegerField(default=3)),
    ],
    "another column renamed": [create(constraints=[RULE]), migrations.RenameField("use", "note", "remark")],
    "the table renamed": [
        create(constraints=[RULE]),
        migrations.AlterModelTable("use", "other_table"),
    ],
}


def refuses_overlap(schema):
    schema.use(1, 0, 2)
    with pytest.raises(IntegrityError):
        schema.use(1, 1, 3)
    later = schema.use(1, 2, 3)
    with pytest.raises(IntegrityError):
        schema.model.objects.filter(pk=later.pk).update(starts_at=EIGHT + timedelta(hours=1))
    assert schema.model.objects.count() == 2


@pytest.mark.parametrize("operations", CHANGES.values(), ids=CHANGES.keys())
def test_no_two_rows_of_a_key_share_any_time(schema, operations):
    for operation in operations:
        schema.migrate(operation)
    refuses_overlap(schema)


@pytest.mark.parametrize("operations", CHANGES.values(), ids=CHANGES.keys())
def test_it_holds_just_as_well_when_all_happens_in_one_migration(schema, operations):
    schema.migrate(*operations)
    refuses_overlap(schema)


def test_touching_ends_and_other_keys_do_not_overlap(schema):
    schema.migrate(create(constraints=[RULE]))
    schema.use(1, 0, 2)
    schema.use(1, 2, 4)
    schema.use(2, 0, 4)
    assert schema.model.objects.count() == 3


def test_whoever_lies_inside_around_or_upon_another_is_refused(schema):
    schema.migrate(create(constraints=[RULE]))
    schema.use(1, 2, 4)
    for first, last in [(2, 4), (2.5, 3), (1, 5), (1, 2.001), (3.999, 5)]:
        with pytest.raises(IntegrityError):
            schema.use(1, first, last)


def test_a_row_may_change_its_own_time(schema):
    schema.migrate(create(constraints=[RULE]))
    row = schema.use(1, 0, 2)
    row.starts_at += timedelta(hours=1)
    row.save()
    assert schema.model.objects.get().starts_at == EIGHT + timedelta(hours=1)


def test_several_rows_at_once_are_all_or_nothing(schema):
    schema.migrate(create(constraints=[RULE]))
    hours = [EIGHT + timedelta(minutes=30 * number) for number in range(3)]
    rows = [schema.model(room=1, starts_at=at, ends_at=at + timedelta(hours=1)) for at in hours]
    with pytest.raises(IntegrityError):
        schema.model.objects.bulk_create(rows)
    assert not schema.model.objects.exists()


def test_without_the_constraint_rows_may_overlap_again(schema):
    schema.migrate(create(constraints=[RULE]))
    schema.migrate(migrations.RemoveConstraint("use", "room_taken_once"))
    schema.use(1, 0, 2)
    schema.use(1, 1, 3)
    assert schema.model.objects.count() == 2


def test_validation_says_the_sentence_before_the_database_does(schema):
    schema.migrate(create(constraints=[RULE]))
    row = schema.use(1, 0, 2)
    RULE.validate(schema.model, row)
    beside = schema.model(room=1, starts_at=EIGHT + timedelta(hours=1), ends_at=EIGHT + timedelta(hours=3))
    with pytest.raises(ValidationError, match="Ruang terpakai"):
        RULE.validate(schema.model, beside)
    RULE.validate(schema.model, beside, exclude={"room"})
    RULE.validate(schema.model, schema.model(room=1))


def test_a_migration_can_write_it_down_and_nothing_seems_changed_afterwards():
    path, args, kwargs = RULE.deconstruct()
    assert path == "rtportal.lib.no_overlap.NoOverlap"
    assert NoOverlap(*args, **kwargs) == RULE
    assert NoOverlap(*args, **kwargs | {"key": "other"}) != RULE
    text, imports = MigrationWriter.serialize(RULE)
    assert "room_taken_once" in text
    assert imports == {"import rtportal.lib.no_overlap"}
