"""A record with something of everything, for tests of what pages and files show."""

from decimal import Decimal

from django.core.files.base import ContentFile

from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Organization
from agreements.register.models.words_and_files import Document
from tests.summaries.attacks.exhausting import pdf

TWO_PAGES = pdf(
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Count 2 /Kids [3 0 R 4 0 R] >>",
    b"<< /Type /Page /Parent 2 0 R >>",
    b"<< /Type /Page /Parent 2 0 R >>",
)


def enrich(agreement: Agreement) -> Agreement:
    """The shipped record, as a draft, with dates, signatures, amounts, texts, a document and a contact."""
    source = agreement.sources.first()
    agreement.standing_en, agreement.standing_ar, agreement.standing_ckb = "authentic", "authentic", "courtesy"
    agreement.duration_en, agreement.duration_ar = "Five years from signature.", "خمس سنوات من تاريخ التوقيع."
    agreement.save()
    for kind, day, note in (
        ("signed", "2021-02-04", ""),
        ("approved", "2021-03", "Approved by the Council of Ministers."),
        ("in_force", "2021-04-01", ""),
        ("planned_end", "2031-02-03", ""),
    ):
        agreement.dates.create(kind=kind, date=day, note_en=note, source=source)
    for party in agreement.participations.filter(role="party").select_related("organization"):
        agreement.signatories.create(
            party=party.organization, name_en=f"Head of {party.organization.name_en}", name_ar="رئيس الجهة",
            capacity_en="Head", signed_on="2021-02-04", source=source,
        )  # fmt: skip
    _fund(agreement)
    Document.objects.create(
        agreement=agreement, kind="authentic_text", language="en", is_public=True, title_en="Signed text",
        title_ar="النص الموقَّع", file=ContentFile(TWO_PAGES, name="signed text.pdf"),
    )  # fmt: skip
    agreement.contacts.create(
        name_en="Registry", name_ar="الديوان", email="registry@portal.example", telephone="+964 1 234 5678",
        is_public=True,
    )  # fmt: skip
    return agreement


def _fund(agreement: Agreement) -> None:
    """Four funders, all of whose amounts are known: three in one currency, one in another."""
    agreement.funding.all().delete()
    amounts = (
        (Decimal(1_200_000), "USD"),
        (Decimal(600_000), "USD"),
        (Decimal(5_000), "USD"),
        (Decimal(250_000), "EUR"),
    )
    funders = Organization.objects.filter(participations__agreement=agreement, participations__role="funder")
    for funder, (amount, currency) in zip(funders.order_by("pk"), amounts, strict=True):
        agreement.funding.create(
            funder=funder, amount=Decimal(amount), currency=currency, disclosure="stated", kind="grant", start="2021",
            end="2025-12", purpose_en="Border management", purpose_ar="إدارة الحدود", source=agreement.sources.first(),
        )  # fmt: skip
