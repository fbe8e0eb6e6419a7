"""A part that is inserted without any text has no state of a text to keep: the trigger need not be called for it.

An import inserts tens of thousands of dates and participants without notes; asking for each took most of its time.
"""

from typing import Final

TEXTS: Final = {
    "agreements_agreementdate": ("dates", "note"),
    "agreements_participation": ("participations", "note"),
    "agreements_funding": ("funding", "purpose"),
    "agreements_frameworklink": ("framework_links", "note"),
}
"""Parts whose texts are often empty, with the name that the trigger knows them by, and their one text."""

_SPLIT: Final = """
DROP TRIGGER keep_text_states ON {table};
CREATE TRIGGER keep_text_states AFTER UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION keep_text_states('{part}');
CREATE TRIGGER keep_text_states_of_new AFTER INSERT ON {table}
    FOR EACH ROW WHEN (NEW.{text}_en <> '' OR NEW.{text}_ar <> '' OR NEW.{text}_ckb <> '')
    EXECUTE FUNCTION keep_text_states('{part}');
"""
_JOIN: Final = """
DROP TRIGGER keep_text_states_of_new ON {table};
DROP TRIGGER keep_text_states ON {table};
CREATE TRIGGER keep_text_states AFTER INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION keep_text_states('{part}');
"""

SPLIT_TRIGGERS: Final = "".join(
    _SPLIT.format(table=table, part=part, text=text) for table, (part, text) in TEXTS.items()
)
JOIN_TRIGGERS: Final = "".join(_JOIN.format(table=table, part=part, text=text) for table, (part, text) in TEXTS.items())
