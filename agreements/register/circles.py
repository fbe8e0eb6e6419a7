"""Triggers: a chain of rows must not lead back to its beginning."""

from typing import Any, Final

import pgtrigger

RELATION_CIRCLE: Final = "relation_no_circle"
PARENT_CIRCLE: Final = "organization_no_circle"

_UPDATE_OF: Any = pgtrigger.UpdateOf  # not annotated by its makers

# One writer at a time: two transactions that each add half of a circle see neither half of the other.
# The lock is let go at the end of the transaction; READ COMMITTED then shows the next one what was added.
_REFUSE: Final = """
    PERFORM pg_advisory_xact_lock(hashtext('{rule}'));
    IF EXISTS (
        WITH RECURSIVE onward(id) AS (
            SELECT {to}
            UNION
            SELECT one.{column} FROM {table} one JOIN onward ON one.{start} = onward.id
            WHERE one.{column} IS NOT NULL AND {same}
        )
        SELECT FROM onward WHERE id = {start_value}
    ) THEN
        RAISE EXCEPTION 'this would lead back to its beginning'
            USING ERRCODE = 'check_violation', CONSTRAINT = '{rule}';
    END IF;
    RETURN NEW;
"""

NO_RELATION_CIRCLE: Final = pgtrigger.Trigger(
    name="no_circle",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | _UPDATE_OF("agreement_id", "other_id", "kind"),
    func=_REFUSE.format(
        rule=RELATION_CIRCLE,
        to="NEW.other_id",
        start_value="NEW.agreement_id",
        table="agreements_agreementrelation",
        start="agreement_id",
        column="other_id",
        same="one.kind = NEW.kind AND one.id IS DISTINCT FROM NEW.id",
    ),
)
NO_PARENT_CIRCLE: Final = pgtrigger.Trigger(
    name="no_circle",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | _UPDATE_OF("parent_id"),
    condition=pgtrigger.Q(new__parent__isnull=False) & ~pgtrigger.Q(new__parent=pgtrigger.F("new__id")),
    func=_REFUSE.format(
        rule=PARENT_CIRCLE,
        to="NEW.parent_id",
        start_value="NEW.id",
        table="agreements_organization",
        start="id",
        column="parent_id",
        same="one.id IS DISTINCT FROM NEW.id",
    ),
)
