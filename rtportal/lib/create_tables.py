"""Many new tables in one step of a migration: the first start of an empty database waits for it."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState


class CreateTables(Operation):
    """`CreateTables([CreateModel(…), CreateModel(…)])`: the models may point to each other, also in a circle.

    After each `CreateModel` of its own, Django builds the classes of all models anew that are related to the new one:
    nearly all, by way of regions and accounts, and ever more of them. Here they are built once for all tables. So
    every table is made as it is after the last of them, and nothing but a `CreateModel` may stand in the list.
    """

    category = OperationCategory.ADDITION
    serialization_expand_args = ["operations"]

    def __init__(self, operations: list[CreateModel]) -> None:
        if not all(isinstance(operation, CreateModel) for operation in operations):
            raise ValueError("CreateTables takes CreateModel only")
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # Without built classes a state only notes what is added; they are built when the first table asks for them.
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create models {', '.join(operation.name for operation in self.operations)}"

    @property
    def migration_name_fragment(self) -> str:
        return "_".join(operation.name_lower for operation in self.operations)
