"""Applies a generated migration with its models made ready twice, instead of anew for every operation.

Django renders all models that a changed one is related to after each operation, and here nearly all are
related: 400 operations took a minute and more. What ``makemigrations`` writes needs only the models
before the migration and those after it.
"""

from typing import Any, Final

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger

_OF_A_MODEL: Final = (
    migrations.AddConstraint,
    migrations.AddField,
    migrations.AddIndex,
    migrations.AlterConstraint,
    migrations.AlterField,
    migrations.AlterModelOptions,
    migrations.RemoveConstraint,
    migrations.RemoveField,
    migrations.RemoveIndex,
)
_KNOWN: Final = (*_OF_A_MODEL, migrations.CreateModel, migrations.RunSQL, AddTrigger, RemoveTrigger)


class AtOnceMigration(migrations.Migration):
    """The base of generated migrations; one that holds other operations is applied Django's way."""

    def apply(
        self, project_state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
    ) -> ProjectState:
        if collect_sql or not all(isinstance(one, _KNOWN) for one in self.operations):
            return super().apply(project_state, schema_editor, collect_sql)
        before = project_state.clone()
        project_state.__dict__.pop("apps", None)  # rendered again when first asked for, with every operation in it
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        made = {one.name_lower for one in self.operations if isinstance(one, migrations.CreateModel)}
        for operation in self.operations:
            if not _is_made_with_its_table(operation, made):
                operation.database_forwards(self.app_label, schema_editor, before, project_state)
        return project_state


def _is_made_with_its_table(operation: Operation, made: set[str]) -> bool:
    """Whether the table of a model that this migration makes has it already."""
    of: Any = operation
    return isinstance(operation, _OF_A_MODEL) and getattr(of, "model_name", getattr(of, "name", "")).lower() in made
