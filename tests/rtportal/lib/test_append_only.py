"""What the database itself refuses, on a table that migrations make and change."""

import pytest
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.state import ProjectState

from rtportal.lib.append_only import AppendOnly

pytestmark = pytest.mark.django_db(transaction=True)

APP = "append_tests"
RULE = AppendOnly(name="line_append_only")


class Schema:
    """A table that follows migration operations."""

    def __init__(self):
        self.state = ProjectState()

    def migrate(self, *operations):
        with connection.schema_editor() as editor:
            for operation in operations:
                before, after = self.state, self.state.clone()
                operation.state_forwards(APP, after)
                operation.database_forwards(APP, editor, before, after)
                self.state = after

    @property
    def lines(self):
        return self.state.apps.get_model(APP, "Line").objects


@pytest.fixture
def schema():
    made = Schema()
    yield made
    if ("append_tests", "line") in made.state.models:
        made.migrate(migrations.DeleteModel("Line"))


def create(*, constraints):
    fields = [("id", models.BigAutoField(primary_key=True)), ("text", models.CharField(max_length=20))]
    return migrations.CreateModel("Line", fields, options={"constraints": constraints})


def is_append_only(schema) -> bool:
    line = schema.lines.create(text="baru")
    attempts = [
        lambda: schema.lines.filter(pk=line.pk).update(text="lain"),
        lambda: schema.lines.filter(pk=line.pk).delete(),
    ]
    if connection.vendor == "postgresql":
        attempts.append(lambda: connection.cursor().execute("TRUNCATE append_tests_line"))
    refused = []
    for attempt in attempts:
        try:
            with transaction.atomic():
                attempt()
        except IntegrityError as error:
            assert "append only" in str(error)
            refused.append(True)
        else:
            refused.append(False)
            line = schema.lines.create(text="baru")
    assert len(set(refused)) == 1
    return refused[0]


def test_rows_are_added_and_nothing_else(schema):
    schema.migrate(create(constraints=[RULE]))
    assert is_append_only(schema)
    assert list(schema.lines.values_list("text", flat=True)) == ["baru"]


def test_a_table_that_stands_can_become_append_only_and_open_again(schema):
    schema.migrate(create(constraints=[]))
    assert not is_append_only(schema)
    schema.migrate(migrations.AddConstraint("line", RULE))
    assert is_append_only(schema)
    schema.migrate(migrations.RemoveConstraint("line", RULE.name))
    assert not is_append_only(schema)


def test_it_stays_so_when_the_table_gets_another_column(schema):
    schema.migrate(create(constraints=[RULE]))
    schema.lines.create(text="lama")
    schema.migrate(migrations.AddField("line", "note", models.CharField(max_length=5, default="x")))
    assert is_append_only(schema)
    assert set(schema.lines.values_list("note", flat=True)) == {"x"}


def test_asking_an_instance_asks_nothing_of_the_database(schema, django_assert_num_queries):
    schema.migrate(create(constraints=[RULE]))
    with django_assert_num_queries(0):
        schema.lines.model(text="x").validate_constraints()
