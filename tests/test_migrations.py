"""The migrated database holds what the models say, whatever way its migrations were applied."""

import pgtrigger
import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations import RunSQL
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from agreements.migrations._at_once import AtOnceMigration

pytestmark = pytest.mark.django_db

MODELS = [one for one in apps.get_app_config("agreements").get_models(include_auto_created=True) if not one._meta.proxy]


def test_the_machine_that_applies_at_once_is_used_by_every_generated_migration() -> None:
    history = MigrationLoader(connection).disk_migrations
    own = {name: one for (app, name), one in history.items() if app == "agreements"}
    generated = [name for name, one in own.items() if not all(isinstance(act, RunSQL) for act in one.operations)]
    slow = [name for name in generated if len(own[name].operations) > 5 and not isinstance(own[name], AtOnceMigration)]
    assert slow == []


@pytest.mark.parametrize("model", MODELS, ids=lambda one: one.__name__)
class TestTable:
    def test_has_the_model_s_columns(self, model: type[Model]) -> None:
        with connection.cursor() as cursor:
            there = {one.name for one in connection.introspection.get_table_description(cursor, model._meta.db_table)}

        assert there == {one.column for one in model._meta.local_concrete_fields}

    def test_has_the_model_s_constraints_and_indexes(self, model: type[Model]) -> None:
        with connection.cursor() as cursor:
            there = connection.introspection.get_constraints(cursor, model._meta.db_table)

        assert {one.name for one in (*model._meta.constraints, *model._meta.indexes)} <= there.keys()

    def test_has_the_model_s_triggers(self, model: type[Model]) -> None:
        triggers = [(of, one) for of, one in pgtrigger.registered() if of._meta.db_table == model._meta.db_table]

        assert [one.name for of, one in triggers if one.get_installation_status(of)[0] != "INSTALLED"] == []
