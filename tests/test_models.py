"""Every table is listed here as mutable or append-only, so that a new one is decided upon."""

from django.apps import apps

from agreements.management.commands.grant_runtime_role import append_only_tables

MUTABLE = {
    "activity", "agreement", "agreementdate", "agreementrelation", "announcement", "contact", "correction",
    "correctionnote", "delivery", "document",
    "framework", "frameworklink", "funding", "objective", "obligation", "organization", "organizationalias", "origin",
    "confirmedtranslation", "participation", "partylink", "place", "principle", "progressnote", "report",
    "reviewcomment", "seallink", "signatory", "source", "staffprofile", "statement", "importedagreement",
    "savedmapping",
}  # fmt: skip
"""The working record: triggers write each change of these down."""

WORKED_OUT = {
    "attempts", "comingdate", "facetvalue", "mention", "mentioncount", "notededition", "searchentry", "searchword",
    "textstate", "thing",
}  # fmt: skip
"""No record of anything: counts of an hour, the search index, and what triggers make of the record's own trail."""

ON_THE_WAY = {"import", "importrow", "importname"}
"""Files on their way into the register: an import says itself who and when, its rows go with the file."""

PUBLISHED = {"checkpoint", "edition", "logentry", "otherseal", "othersealdecision", "summary", "treeleaf"}


class TestModels:
    def test_each_is_mutable_and_tracked_or_append_only(self) -> None:
        append_only = set(append_only_tables())

        for model in apps.get_app_config("agreements").get_models(include_auto_created=True):
            if model._meta.proxy:
                continue
            if model._meta.model_name in WORKED_OUT | ON_THE_WAY:
                continue
            is_listed = model._meta.model_name in MUTABLE or model._meta.auto_created
            assert is_listed != (model._meta.db_table in append_only), model

    def test_what_is_published_is_append_only(self) -> None:
        assert {f"agreements_{name}" for name in PUBLISHED} <= set(append_only_tables())

    def test_every_mutable_table_has_its_trail(self) -> None:
        assert {f"agreements_{name}event" for name in MUTABLE} <= set(append_only_tables())
