"""What records name, and in what role they name it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.vocabulary.kinds import ParticipationRole


class ThingKind(TextChoices):
    """What has a page of its own because several agreements may name it."""

    ORGANIZATION = "organization", _("Organisation")
    FRAMEWORK = "framework", _("Framework")
    OBJECTIVE = "objective", _("Objective")
    PLACE = "place", _("Place")


class MentionRole(TextChoices):
    """Why an agreement stands on the page of a thing; the first five are the roles of participations."""

    PARTY = ParticipationRole.PARTY.value, ParticipationRole.PARTY.label
    FUNDER = ParticipationRole.FUNDER.value, ParticipationRole.FUNDER.label
    IMPLEMENTING_PARTNER = ParticipationRole.IMPLEMENTING_PARTNER.value, ParticipationRole.IMPLEMENTING_PARTNER.label
    BENEFICIARY = ParticipationRole.BENEFICIARY.value, ParticipationRole.BENEFICIARY.label
    WITNESS = ParticipationRole.WITNESS.value, ParticipationRole.WITNESS.label
    ACTING_THROUGH = "acting_through", pgettext_lazy("role", "A party acts through it")
    SIGNED_FOR = "signed_for", pgettext_lazy("role", "Signatory’s party")
    RECIPIENT = "recipient", pgettext_lazy("role", "Recipient of funds")
    RESPONSIBLE = "responsible", pgettext_lazy("role", "Responsible for an activity")
    BEARER = "bearer", pgettext_lazy("role", "Bears an obligation")
    SPEAKER = "speaker", pgettext_lazy("role", "Made a statement")
    AGENCY = "agency", pgettext_lazy("role", "Agency of the announcement")
    SERVED = "served", pgettext_lazy("role", "Served by the agreement")
    SERVED_BY_ACTIVITY = "served_by_activity", pgettext_lazy("role", "Served by an activity")
    PLACE = "place", pgettext_lazy("role", "Named as a place")
    ACTIVITY_PLACE = "activity_place", pgettext_lazy("role", "Place of an activity")
    EVENT_PLACE = "event_place", pgettext_lazy("role", "Signed or announced there")
