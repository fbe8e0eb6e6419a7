"""The organisations of IATI files as those of the register: found by identifier or name, else new ones."""

import hashlib
import re
from typing import Final

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q
from django.db.models.functions import Greatest
from django.utils.text import slugify

from agreements.editions.content import Organization, OrganizationName
from agreements.intake.contents.remarks import Remark, RemarkCode
from agreements.intake.iati.file import Element
from agreements.intake.iati.reading import Reading
from agreements.publishing.snapshot_parts import organization
from agreements.register.models import directories as rows
from agreements.vocabulary.kinds import OrganizationKind
from agreements.vocabulary.languages import LANGUAGES, LocalisedText

_IDENTIFIER: Final = re.compile(r"[A-Z]{2}-[^\s/&|?]{1,90}")
"""An org-id code: the list it is from begins with a country's or a region's letters."""

_KINDS: Final = {
    "10": OrganizationKind.GOVERNMENT,
    "11": OrganizationKind.GOVERNMENT,
    "15": OrganizationKind.GOVERNMENT,
    "21": OrganizationKind.NGO,
    "22": OrganizationKind.NGO,
    "23": OrganizationKind.NGO,
    "24": OrganizationKind.NGO,
    "40": OrganizationKind.INTERNATIONAL,
    "70": OrganizationKind.PRIVATE,
    "71": OrganizationKind.PRIVATE,
    "72": OrganizationKind.PRIVATE,
    "73": OrganizationKind.PRIVATE,
    "80": OrganizationKind.ACADEMIC,
}
"""By IATI's list OrganisationType; partnerships, foundations and others have no kind of their own here."""

_LIKE: Final = 0.5
"""Names that share half of their trigrams are worth a look."""


class Organizations:
    """The organisations of one file, each looked up once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[Organization, Remark | None]] = {}
        self._taken: dict[str, Organization] = {}

    def read(self, reading: Reading, element: Element | None) -> Organization | None:
        """The organisation that an element names; nothing where it gives neither a name nor a known identifier."""
        if element is None:
            return None
        name, ref = reading.line_of(element, longest=500), (element.get("ref") or "").strip()
        first = next((text for language in LANGUAGES if (text := name.get(language))), "")
        is_code = bool(_IDENTIFIER.fullmatch(ref))
        key = (ref if is_code else "", "" if is_code else first.casefold())
        if key not in self._known:
            kind = _KINDS.get((element.get("type") or "").strip(), OrganizationKind.OTHER)
            found = self._find(ref if is_code else "", name, first, kind)
            if found is None:
                return None
            self._known[key] = found
        if is_code:
            reading.use(element, "ref")
        reading.use(element, "type")
        one, remark = self._known[key]
        if remark is not None and remark not in reading.remarks:
            reading.remarks.append(remark)
        return one

    def _find(
        self, code: str, name: LocalisedText, first: str, kind: OrganizationKind
    ) -> tuple[Organization, Remark | None] | None:
        by_code = rows.Organization.objects.filter(identifier=code).first() if code else None
        if by_code is not None:
            return organization(by_code), _remark(RemarkCode.SAME_ORGANIZATION, first, by_code, code)
        if not first:
            return None
        named = _named(name)
        same = [one for one in named if not (code and one.identifier and one.identifier != code)]
        if len(same) == 1:
            return organization(same[0]), _remark(RemarkCode.SAME_ORGANIZATION, first, same[0], first)
        near = named[0] if named else _near(first)
        made = self._make(code, name, first, kind)
        return made, _remark(RemarkCode.NEAR_ORGANIZATION, first, near, "") if near else None

    def _make(self, code: str, name: LocalisedText, first: str, kind: OrganizationKind) -> Organization:
        stem = (
            slugify(name.get("en") or first)[:70] or f"organisation-{hashlib.sha256(first.encode()).hexdigest()[:12]}"
        )
        key, number = stem, 1
        while key in self._taken:
            number += 1
            key = f"{stem}-{number}"
        made = Organization(id=key, name=name, kind=kind, identifier=code or None)
        self._taken[key] = made
        return made


def name_of(found: Organization) -> OrganizationName:
    return OrganizationName(id=found.id, name=found.name)


def _named(name: LocalisedText) -> list[rows.Organization]:
    """Organisations that go by one of these names, as their own or as another one that sources use."""
    texts = [text for language in LANGUAGES if (text := name.get(language))]
    asked = Q()
    for text in texts:
        for language in LANGUAGES:
            asked |= Q(**{f"name_{language}__iexact": text}) | Q(**{f"short_name_{language}__iexact": text})
        asked |= Q(aliases__name__iexact=text)
    return list(rows.Organization.objects.filter(asked).select_related("parent").distinct()[:3])


def _near(text: str) -> rows.Organization | None:
    likeness = Greatest(*(TrigramSimilarity(f"name_{language}", text) for language in LANGUAGES))
    found = rows.Organization.objects.annotate(likeness=likeness).filter(likeness__gte=_LIKE)
    return found.order_by("-likeness", "pk").first()


def _remark(code: RemarkCode, first: str, row: rows.Organization, sign: str) -> Remark | None:
    if sign and sign.casefold() in {row.name_en.casefold(), row.name_ar.casefold(), row.name_ckb.casefold()}:
        return None  # called as it is called here: nothing to say
    return Remark(code, (("what", first or row.key), ("key", f"{row} ({row.key})"), ("sign", sign)))
