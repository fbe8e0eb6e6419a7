"""How each member of staff wants to be reminded, and what was sent to whom."""

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.register.models.shared import NEVER_REWRITTEN, tracked
from agreements.vocabulary.kinds import KeyKind
from agreements.vocabulary.languages import ENDONYMS, LANGUAGES

OVERDUE: Final = -1
"""In the place of lead days: the reminder that the day has passed."""


@tracked
class StaffProfile(models.Model):
    """What a member of staff has chosen; who has chosen nothing has no row.

    Of the calendar's address only the SHA-256 of its secret is kept, so nobody reads it out of the database.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), on_delete=models.CASCADE, related_name="staff_profile"
    )
    language = models.CharField(
        _("language of e-mails and of the calendar"), max_length=3, choices=list(ENDONYMS.items()), default="en"
    )
    wants_digest = models.BooleanField(
        _("remind me by e-mail"),
        default=True,
        help_text=_("At most one e-mail a day, and only when a key date comes near in an agreement in your charge."),
    )
    calendar_hash = models.CharField(
        _("hash of the calendar address"), max_length=64, null=True, blank=True, unique=True, editable=False
    )
    calendar_made_at = models.DateTimeField(_("calendar address made"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("settings of a member of staff")
        verbose_name_plural = _("settings of the staff")
        constraints = (
            models.CheckConstraint(condition=Q(language__in=LANGUAGES), name="staff_profile_language"),
            models.CheckConstraint(
                condition=Q(calendar_hash__isnull=True, calendar_made_at__isnull=True)
                | Q(calendar_hash__regex=r"^[0-9a-f]{64}$", calendar_made_at__isnull=False),
                name="staff_profile_calendar",
            ),
        )

    def __str__(self) -> str:
        return str(self.user)


class DailyRun(models.Model):
    """A day on which the reminders were queued: one row, so they are queued once, however many workers look."""

    day = models.DateField(_("day"), unique=True)
    at = models.DateTimeField(_("moment"))

    class Meta:
        verbose_name = _("daily run")
        verbose_name_plural = _("daily runs")
        ordering = ("-day",)
        triggers = NEVER_REWRITTEN

    def __str__(self) -> str:
        return self.day.isoformat()


class Digest(models.Model):
    """An e-mail of reminders, as it was written: at most one a person and day."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="+"
    )
    day = models.DateField(_("day"))
    made_at = models.DateTimeField(_("moment"))
    address = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=3, choices=list(ENDONYMS.items()))
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    html = models.TextField(_("text with mark-up"))

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        ordering = ("-day", "-pk")
        triggers = NEVER_REWRITTEN
        constraints = (models.UniqueConstraint(fields=("person", "day"), name="digest_once_a_person_and_day"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.day}"


class DigestDelivery(models.Model):
    """That the mail server took a digest; while there is none, it is tried again."""

    digest = models.OneToOneField(Digest, verbose_name=_("digest"), on_delete=models.PROTECT, related_name="delivery")
    at = models.DateTimeField(_("moment"))

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ("-at", "-pk")
        triggers = NEVER_REWRITTEN

    def __str__(self) -> str:
        return str(self.digest)


class Reminder(models.Model):
    """One key date that one person was told of at one distance: the constraint makes it once.

    The agreement is named by its register number, so that a draft can be deleted whatever was sent about it.
    """

    digest = models.ForeignKey(Digest, verbose_name=_("digest"), on_delete=models.PROTECT, related_name="reminders")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="+"
    )
    register_number = models.CharField(_("register number"), max_length=20)
    kind = models.CharField(_("kind"), max_length=20, choices=KeyKind.choices)
    item = models.CharField(_("which one"), max_length=80, blank=True)
    earliest = models.DateField(_("earliest day"))
    lead_days = models.SmallIntegerField(_("days before"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ("-pk",)
        triggers = NEVER_REWRITTEN
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=KeyKind.values), name="reminder_kind"),
            models.CheckConstraint(condition=Q(lead_days__gte=OVERDUE), name="reminder_lead_days"),
            models.UniqueConstraint(
                fields=("person", "register_number", "kind", "item", "earliest", "lead_days"), name="reminder_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.register_number} {self.get_kind_display()} {self.earliest}"
