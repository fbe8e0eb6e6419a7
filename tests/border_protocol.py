"""A record with what the first agreement lacks: places, dated activities, progress, objectives and relatives."""

from django.contrib.auth.models import User

from agreements.register.models.agreements import Agreement, AgreementDate, AgreementRelation, FrameworkLink
from agreements.register.models.directories import Framework, Objective, Organization, Place, Source
from agreements.register.models.participants import Participation, Signatory
from agreements.register.models.work import Activity, ProgressNote
from agreements.vocabulary.kinds import ActivityStatus, AgreementKind, RelationKind

_SOURCE = "un-iraq-2021-02-05"

_ACTIVITIES = (
    (
        ("Training at land crossings", "التدريب في المنافذ البرية", "ڕاهێنان لە دەروازە وشکانییەکان"),
        ActivityStatus.UNDER_WAY, "2024-03-10", "2027-02", ("ibrahim-khalil", "trebil", "al-qaim"),
    ),
    (
        ("Equipment for document checks", "معدات لفحص الوثائق", "ئامێری پشکنینی بەڵگەنامە"),
        ActivityStatus.COMPLETED, "2023", "2024-09-30", ("umm-qasr", "basra-airport"),
    ),
    (
        ("Help desks for travellers", "مكاتب مساعدة المسافرين", "نووسینگەی یارمەتیی گەشتیاران"),
        ActivityStatus.PLANNED, "2027-01", "", ("safwan", "shalamcheh", "bashmakh"),
    ),
    (
        ("Joint patrols", "الدوريات المشتركة", "گەڕی هاوبەش"),
        ActivityStatus.CANCELLED, "2023-05-01", "2023-11-30", ("parwezkhan",),
    ),
    (
        ("Study of movements across borders", "دراسة حركة العبور عبر الحدود", "لێکۆڵینەوە لە هاتوچۆی سنووری"),
        ActivityStatus.SUSPENDED, "", "2025-06-30", (),
    ),
    (
        ("Manual of procedures", "دليل الإجراءات", "ڕێبەری ڕێکارەکان"),
        ActivityStatus.NOT_STATED, "2025", "2025", (),
    ),
    (
        ("Public information", "إعلام الجمهور", "زانیاریی گشتی"),
        ActivityStatus.NOT_STATED, "", "", ("baghdad",),
    ),
)  # fmt: skip
"""Titles in three languages, status, start, end and the keys of places: every precision and every gap."""


def border_protocol(*, by: User, below: Agreement | None = None) -> Agreement:
    """A draft protocol about work at border points; it implements ``below``, which must have been published."""
    agreement = _agreement(
        AgreementKind.PROTOCOL,
        (
            "Protocol on work at border crossing points",
            "بروتوكول بشأن العمل في المنافذ الحدودية",
            "پرۆتۆکۆل لەبارەی کار لە دەروازە سنوورییەکان",
        ),
        by=by,
    )  # fmt: skip
    for kind, date, place in (
        ("signed", "2023-04-18", "erbil-airport"),
        ("in_force", "2023-05-01", None),
    ):
        where = Place.objects.get(key=place) if place else None
        AgreementDate.objects.create(agreement=agreement, kind=kind, date=date, place=where, source=_source())
    party = agreement.participations.order_by("position").first()
    assert party is not None
    Signatory.objects.create(
        agreement=agreement, position=1, party=party.organization, name_en="Sara Karim", name_ar="سارة كريم",
        name_ckb="سارا کەریم", capacity_en="Director", capacity_ar="المديرة", capacity_ckb="بەڕێوەبەر",
        signed_on="2023-04-18", place=Place.objects.get(key="erbil-airport"), source=_source(),
    )  # fmt: skip
    link = FrameworkLink.objects.create(
        agreement=agreement, position=1, framework=Framework.objects.get(key="gcm"), source=_source()
    )
    link.objectives.set(Objective.objects.filter(framework__key="gcm", code__in=("11", "12")))
    agreement.places.set(Place.objects.filter(key="al-sheeb"))
    _add_activities(agreement)
    if below is not None:
        relate(agreement, RelationKind.IMPLEMENTS, below, effective="2023-05-01")
    return agreement


def relative(kind: AgreementKind, title: str, *, by: User) -> Agreement:
    """A short draft agreement between the same two parties."""
    return _agreement(kind, (title, f"{title} بالعربية", f"{title} بە کوردی"), by=by)


def relate(agreement: Agreement, kind: RelationKind, other: Agreement, *, effective: str = "") -> None:
    AgreementRelation.objects.create(agreement=agreement, kind=kind, other=other, effective=effective, source=_source())


def _agreement(kind: AgreementKind, titles: tuple[str, str, str], *, by: User) -> Agreement:
    columns = {}
    for stem in ("title", "summary"):
        columns |= {f"{stem}_{code}": words for code, words in zip(("en", "ar", "ckb"), titles, strict=True)}
    agreement = Agreement.objects.create(kind=kind, last_edited_by=by, **columns)
    agreement.sources.set([_source()])
    for number, key in enumerate(("iom-iraq", "commission-of-border-crossing-points"), start=1):
        Participation.objects.create(
            agreement=agreement, role="party", position=number, source=_source(),
            organization=Organization.objects.get(key=key),
        )  # fmt: skip
    return agreement


def _add_activities(agreement: Agreement) -> None:
    for number, ((en, ar, ckb), status, start, end, places) in enumerate(_ACTIVITIES, start=1):
        activity = Activity.objects.create(
            agreement=agreement, position=number, title_en=en, title_ar=ar, title_ckb=ckb, status=status, start=start,
            end=end, source=_source(),
        )  # fmt: skip
        activity.places.set(Place.objects.filter(key__in=places))
    ProgressNote.objects.create(
        activity=agreement.activities.get(position=1), noted_on="2025-10", text_en="Sixty officers were trained.",
        text_ar="جرى تدريب ستين ضابطاً.", text_ckb="شەست ئەفسەر ڕاهێنران.", source=_source(),
    )  # fmt: skip


def _source() -> Source:
    return Source.objects.get(key=_SOURCE)
