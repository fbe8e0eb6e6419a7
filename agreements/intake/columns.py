"""What a column of a table can mean: the fields that a file may fill, and which heading suggests which."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.intake.cells import key_of
from agreements.intake.incoming import AGREEMENT_TEXTS, AGREEMENT_VALUES
from agreements.register.models.agreements import Agreement
from agreements.vocabulary.kinds import DateKind, ParticipationRole
from agreements.vocabulary.languages import LANGUAGES

DATE: Final = "date:"
ROLE: Final = "role:"


class Group(StrEnum):
    KEY = "key"
    TEXT = "text"
    VALUE = "value"
    DATE = "date"
    ROLE = "role"
    OTHER = "other"


GROUPS: Final[dict[Group, str | Promise]] = {
    Group.KEY: _("Which agreement it is"),
    Group.TEXT: _("Titles and texts"),
    Group.VALUE: _("Kind and terms"),
    Group.DATE: _("Dates"),
    Group.ROLE: _("Organisations"),
    Group.OTHER: _("Places, frameworks and funding"),
}


@dataclass(frozen=True)
class Target:
    """A field that a column can fill. ``is_list``: several columns may, and their parts are put together."""

    code: str
    label: str | Promise
    group: Group
    is_list: bool = False


def _of_register(name: str, group: Group) -> Target:
    return Target(name, Agreement._meta.get_field(name).verbose_name, group)  # type: ignore[union-attr]  # a column


_ROLES: Final = {
    ParticipationRole.PARTY: _("Parties"),
    ParticipationRole.FUNDER: _("Funders"),
    ParticipationRole.IMPLEMENTING_PARTNER: _("Implementing partners"),
    ParticipationRole.BENEFICIARY: _("Beneficiaries"),
    ParticipationRole.WITNESS: _("Witnesses"),
}

TARGETS: Final[tuple[Target, ...]] = (
    Target("reference", _("reference in the file"), Group.KEY),
    Target("register_number", _("register number"), Group.KEY),
    *(_of_register(f"{stem}_{language}", Group.TEXT) for stem in AGREEMENT_TEXTS for language in LANGUAGES),
    *(_of_register(name, Group.VALUE) for name in AGREEMENT_VALUES),
    *(Target(f"{DATE}{kind}", kind.label, Group.DATE) for kind in DateKind),
    *(Target(f"{ROLE}{role}", _ROLES[role], Group.ROLE, is_list=True) for role in ParticipationRole),
    Target("places", _("places"), Group.OTHER, is_list=True),
    Target("frameworks", _("frameworks"), Group.OTHER, is_list=True),
    Target("amount", _("amount of the one funder"), Group.OTHER),
    Target("currency", _("currency"), Group.OTHER),
    Target("funding_start", pgettext_lazy("funding", "funding from"), Group.OTHER),
    Target("funding_end", pgettext_lazy("funding", "funding until"), Group.OTHER),
)
BY_CODE: Final[Mapping[str, Target]] = {target.code: target for target in TARGETS}

_HEADINGS: Final[dict[str, str]] = {
    "reference": "ref; reference; reference no; id; no; number; file no; file number; internal id; iati identifier;"
    "الرقم; رقم; المرجع; رقم المرجع; ت; التسلسل; ژمارە; ژمارەی سەرچاوە; سەرچاوە; ز",
    "register_number": "moc number; register no; رقم السجل; ژمارەی تۆمار",
    "title_en": "title; title en; title english; english title; name; name of agreement; "
    "agreement; agreement title; subject",
    "title_ar": "title ar; title arabic; arabic title; العنوان; عنوان; عنوان المذكرة; اسم الاتفاقية; "
    "العنوان بالعربية; الموضوع",
    "title_ckb": "title ckb; title ku; title kurdish; kurdish title; sorani title; ناونیشان; "
    "ناونیشانی ڕێککەوتن; ناونیشان بە کوردی",
    "summary_en": "summary; summary en; abstract; description",
    "summary_ar": "summary ar; الملخص; ملخص; الوصف",
    "summary_ckb": "summary ckb; summary ku; پوختە; کورتە",
    "purpose_en": "purpose; purpose en; objective; aim; الغرض en",
    "purpose_ar": "purpose ar; الغرض; الهدف; الغاية",
    "purpose_ckb": "purpose ckb; مەبەست; ئامانج",
    "duration_en": "duration; duration en; term",
    "duration_ar": "duration ar; المدة; مدة الاتفاقية",
    "duration_ckb": "duration ckb; ماوە",
    "renewal_en": "renewal; renewal terms",
    "termination_en": "termination; termination terms",
    "kind": "type; kind; type of agreement; instrument; النوع; نوع; نوع الاتفاقية; جۆر; جۆری ڕێککەوتن",
    "legal_character": "binding; legal nature; legal character; الطبيعة القانونية; سروشتی یاسایی",
    "written_in": "language; original language; اللغة; زمان",
    "notice_length": "notice; notice period; مدة الإشعار",
    f"{DATE}signed": "signed; signed on; date signed; date of signature; signature date; signing date; date; "
    "تاريخ التوقيع; التوقيع; التاريخ; بەرواری واژۆ; بەروار; ڕێکەوتی واژۆکردن",
    f"{DATE}in_force": "entry into force; in force; effective date; start; start date; effective from; "
    "تاريخ النفاذ; تاريخ البدء; النفاذ; بەرواری کارابوون; دەستپێک",
    f"{DATE}planned_end": "end; end date; expiry; expiry date; expires; planned end; valid until; "
    "تاريخ الانتهاء; الانتهاء; النهاية; کۆتایی; بەرواری کۆتایی",
    f"{DATE}terminated": "terminated; date terminated; تاريخ الإنهاء",
    f"{DATE}announced": "announced; date announced; تاريخ الإعلان",
    f"{DATE}approved": "approved; approval date; ratified; ratification; تاريخ المصادقة",
    f"{DATE}review": "review; review date; تاريخ المراجعة",
    f"{ROLE}party": "party; parties; signatories; between; الأطراف; الطرف; طرف; لایەن; لایەنەکان",
    f"{ROLE}funder": "funder; funders; donor; donors; funded by; المانح; المانحون; الممول; پارەدەر; بەخشەر",
    f"{ROLE}implementing_partner": "implementing partner; implementing partners; implementer; implementers; "
    "الشركاء المنفذون; الجهة المنفذة; جێبەجێکار",
    f"{ROLE}beneficiary": "beneficiary; beneficiaries; المستفيد; المستفيدون; سوودمەند; سوودمەندان",
    f"{ROLE}witness": "witness; witnesses; الشهود; شایەت",
    "places": "place; places; location; locations; المكان; الموقع; المواقع; شوێن; شوێنەکان",
    "frameworks": "framework; frameworks; sdg; sdgs; الأطر; الإطار; چوارچێوە",
    "amount": "amount; value; budget; funding; total; المبلغ; القيمة; الميزانية; بڕ; بودجە",
    "currency": "currency; cur; العملة; دراو",
}
"""Headings by what they mostly mean, for a first proposal that a person looks at; between semicolons."""


def guess(headings: Sequence[str]) -> dict[str, str]:
    """A first mapping of headings to fields; a field that is taken is proposed once, a list's again and again."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for heading in headings:
        code = _meaning(heading)
        if code and (code not in taken or BY_CODE[code].is_list):
            found[heading] = code
            taken.add(code)
    return found


def headings_of(cells: Sequence[str]) -> tuple[str, ...]:
    """Names for a table's columns, each once: repeated headings are numbered, and empty ones are empty."""
    seen: dict[str, int] = {}
    names = []
    for cell in cells:
        name = " ".join(cell.split())[:200]
        if name:
            seen[name] = seen.get(name, 0) + 1
            if seen[name] > 1:
                name = f"{name} ({seen[name]})"
        names.append(name)
    return tuple(names)


def label_of(code: str) -> str:
    """A field's name in the active language."""
    return str(capfirst(str(BY_CODE[code].label))) if code in BY_CODE else code


def grouped_targets() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The fields as the groups of a select."""
    for group, label in GROUPS.items():
        yield str(label), [(one.code, label_of(one.code)) for one in TARGETS if one.group == group]


def _meaning(heading: str) -> str:
    """The field that a heading names as a whole, without what it adds in brackets, or without a number at its end."""
    for name in (heading, heading.partition("(")[0], heading.rstrip(" 0123456789()")):
        code = _known().get(key_of(name), "")
        if code:
            return code
    return ""


@cache
def _known() -> dict[str, str]:
    known: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            for target in TARGETS:
                known.setdefault(key_of(str(target.label)), target.code)
    known |= {key_of(target.code.rpartition(":")[2].replace("_", " ")): target.code for target in reversed(TARGETS)}
    for code, headings in _HEADINGS.items():
        known |= {key_of(heading): code for heading in headings.split(";")}
    return known
