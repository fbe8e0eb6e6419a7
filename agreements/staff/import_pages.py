"""The addresses of imports at the desk, and of acts on many agreements."""

from typing import Any, Final

from agreements.staff import import_columns, import_names, imports, together

IMPORT_PAGES: Final[dict[str, tuple[str, Any]]] = {
    "imports": ("imports/", imports.list_imports),
    "import_page": ("imports/<int:import_id>/", imports.show_import),
    "import_report": ("imports/<int:import_id>/report.csv", imports.report_csv),
    "import_columns": ("imports/<int:import_id>/columns/", import_columns.edit_columns),
    "import_look": ("imports/<int:import_id>/look/", import_columns.read_otherwise),
    "import_use_mapping": ("imports/<int:import_id>/mapping/", import_columns.use_mapping_file),
    "import_mapping": ("imports/<int:import_id>/mapping.json", import_columns.mapping_file),
    "import_names": ("imports/<int:import_id>/names/", import_names.decide),
    "import_all_new": ("imports/<int:import_id>/names/new/", import_names.all_others_are_new),
    "import_check": ("imports/<int:import_id>/check/", imports.check_again),
    "import_write": ("imports/<int:import_id>/write/", imports.write_import),
    "import_drop": ("imports/<int:import_id>/drop/", imports.give_up),
    "together_import": ("imports/<int:import_id>/together/", together.of_import),
    "together": ("together/", together.act_together),
    "together_done": ("together/<uuid:job_id>/", together.show_done),
}
"""By name: ``admin:<name>`` is the page at ``…/admin/<route>``."""
