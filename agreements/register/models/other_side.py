"""The other side's view of a record: links for people of a party, and the corrections they propose."""

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Organization
from agreements.register.models.shared import tracked
from agreements.vocabulary.kinds import CorrectionState, PartyAnswer
from agreements.vocabulary.languages import ENDONYMS, LANGUAGES

_SHA256: Final = r"^[0-9a-f]{64}$"
_BY_STAFF: Final = (CorrectionState.ACCEPTED, CorrectionState.DECLINED)


class LinkOfAParty(models.Model):
    """An expiring way, without an account, for one person of a party. Only the SHA-256 of its secret is kept."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="%(class)ss"
    )
    edition_number = models.PositiveIntegerField(_("edition"))
    party = models.ForeignKey(
        Organization, verbose_name=_("party"), on_delete=models.PROTECT, related_name="%(class)ss"
    )
    person = models.CharField(_("person"), max_length=200)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=3, choices=list(ENDONYMS.items()))
    token_hash = models.CharField(_("hash of the secret"), max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    opened_at = models.DateTimeField(_("first opened at"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.person} ({self.party})"


def _of_a_link(name: str) -> tuple[models.CheckConstraint, ...]:
    return (
        models.CheckConstraint(condition=Q(language__in=LANGUAGES), name=f"{name}_language"),
        models.CheckConstraint(condition=Q(token_hash__regex=_SHA256), name=f"{name}_token"),
        models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name=f"{name}_expires_later"),
        models.CheckConstraint(condition=~Q(person=""), name=f"{name}_names_a_person"),
    )


@tracked
class SealLink(LinkOfAParty):
    """A link by which a party seals one published edition with means of its own, as often as it likes."""

    class Meta(LinkOfAParty.Meta):
        verbose_name = _("link for a seal")
        verbose_name_plural = _("links for seals")
        constraints = _of_a_link("seal_link")


@tracked
class PartyLink(LinkOfAParty):
    """A link by which a party confirms one draft, or proposes corrections, once.

    ``answered_hash`` is the hash of what was before the person's eyes: a confirmation is of exactly that. The
    link is for the draft of one edition, and over once that is published.
    """

    answer = models.CharField(_("answer"), max_length=20, choices=PartyAnswer.choices, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_hash = models.CharField(_("hash of what was answered"), max_length=64, blank=True, editable=False)
    is_name_public = models.BooleanField(_("the name may be published"), default=False)

    class Meta(LinkOfAParty.Meta):
        verbose_name = _("link for a party")
        verbose_name_plural = _("links for parties")
        constraints = (
            *_of_a_link("party_link"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_hash="", is_name_public=False)
                | Q(answer__in=PartyAnswer.values, answered_at__isnull=False, answered_hash__regex=_SHA256),
                name="party_link_answer_is_of_something",
            ),
        )


@tracked
class Correction(models.Model):
    """What the other side would write in one field instead; an editor accepts or declines it.

    ``target`` names the field by the part's kind, its row and its column, as in "activities:12:title_ar";
    it is empty for a remark on the whole.
    """

    link = models.ForeignKey(PartyLink, verbose_name=_("link"), on_delete=models.CASCADE, related_name="corrections")
    target = models.CharField(_("field"), max_length=100, blank=True)
    before = models.TextField(_("what stood there"), blank=True)
    proposed = models.TextField(_("proposed"), blank=True)
    proposed_at = models.DateTimeField(_("proposed at"))
    state = models.CharField(_("state"), max_length=20, choices=CorrectionState.choices, default=CorrectionState.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), on_delete=models.PROTECT,
        null=True, blank=True, related_name="+",
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ("proposed_at", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(target__regex=r"^([a-z_]+:[0-9]+:[a-z_]+)?$"), name="correction_target"),
            models.CheckConstraint(condition=~Q(before=F("proposed")), name="correction_changes_something"),
            models.UniqueConstraint(
                fields=("link", "target"), condition=Q(state=CorrectionState.OPEN), name="correction_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state=CorrectionState.OPEN, decided_at__isnull=True, decided_by__isnull=True)
                | Q(state=CorrectionState.TAKEN_BACK, decided_at__isnull=False, decided_by__isnull=True)
                | Q(state__in=_BY_STAFF, decided_at__isnull=False, decided_by__isnull=False),
                name="correction_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state=CorrectionState.DECLINED) | ~Q(note=""), name="correction_declined_with_a_note"
            ),
        )

    def __str__(self) -> str:
        return self.target or str(_("Remark on the whole"))
