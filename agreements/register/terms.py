"""The terms of an agreement in the register: what PostgreSQL holds of them, and the row read as one value."""

from typing import Any, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.vocabulary.kinds import NoticeUnit, RenewalKind
from agreements.vocabulary.terms import MAX_MONTHS, MAX_NOTICE, Notice, Terms

TERMS_COLUMNS: Final = ("renewal_kind", "renewal_months", "notice_length", "notice_unit", "review_months")

TERMS_CONSTRAINTS: Final = (
    models.CheckConstraint(condition=Q(renewal_kind__in=RenewalKind.values), name="agreement_renewal_kind"),
    models.CheckConstraint(condition=Q(notice_unit__in=("", *NoticeUnit.values)), name="agreement_notice_unit"),
    models.CheckConstraint(
        condition=Q(renewal_months__isnull=True)
        | Q(renewal_kind__in=(RenewalKind.TACIT, RenewalKind.BY_AGREEMENT), renewal_months__range=(1, MAX_MONTHS)),
        name="agreement_renewal_length",
        violation_error_message=_("A length of renewal needs an agreement that is renewed tacitly or by agreement."),
    ),
    models.CheckConstraint(
        condition=Q(notice_length__isnull=True, notice_unit="")
        | Q(notice_length__isnull=False) & ~Q(notice_unit="") & Q(notice_length__range=(1, MAX_NOTICE)),
        name="agreement_notice_period",
        violation_error_message=_("A notice period needs both: how long, and whether in days or months."),
    ),
    models.CheckConstraint(
        condition=Q(review_months__isnull=True) | Q(review_months__range=(1, MAX_MONTHS)),
        name="agreement_review_months",
        violation_error_message=_("A review clause counts from 1 to 1,200 months."),
    ),
)


def terms_of(row: Any) -> Terms:
    """The terms, from an agreement or a query's row that has ``TERMS_COLUMNS``."""
    notice = None
    if row.notice_length is not None:
        notice = Notice(length=row.notice_length, unit=NoticeUnit(row.notice_unit))
    return Terms(
        renewal=RenewalKind(row.renewal_kind),
        renewal_months=row.renewal_months,
        notice=notice,
        review_months=row.review_months,
    )
