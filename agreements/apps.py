"""The one Django app of the portal."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    name = "agreements"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Register of agreements")

    def ready(self) -> None:
        from agreements.editions.checks import check_checkpoint_key  # noqa: PLC0415  # settings must be there
        from agreements.opendata.iati.checks import check_reporting_org  # noqa: PLC0415
        from agreements.register.checks import check_scanner  # noqa: PLC0415
        from agreements.summaries.checks import check_key_settings, check_seal  # noqa: PLC0415

        register(check_checkpoint_key)
        register(check_scanner)
        register(check_reporting_org)
        register(check_key_settings)
        register(check_seal, deploy=True)
