"""A second published record for the served portal; run there by ``manage.py shell``, where its database is Django's."""

from django.utils import timezone

from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.models.agreements import Agreement
from agreements.vocabulary.languages import LocalisedText
from tests.border_protocol import border_protocol
from tests.people import make_user
from tests.published import publish


def publish_protocol() -> None:
    """A protocol at border points in two editions, of which the second corrects the summary."""
    first = Agreement.objects.get(register_number="MOC-0001")
    number = border_protocol(by=make_user("editor"), below=first).pk
    publish(Agreement.objects.get(pk=number), at=timezone.now())
    agreement = Agreement.objects.get(pk=number)
    agreement.summary_en = f"{agreement.summary_en}. It covers ports too."
    agreement.change_note_en, agreement.change_note_ar, agreement.change_note_ckb = "Ports added.", "أُضيفت.", "زیادکرا."
    agreement.save()
    publish(agreement, at=timezone.now())


def withdraw_protocol() -> None:
    agreement = Agreement.objects.get(title_en="Protocol on work at border crossing points")
    reason = LocalisedText(en="Only a test.", ar="اختبار.", ckb="تاقیکردنەوە.")
    withdraw_agreement(agreement.pk, by=make_user("reviewer"), at=timezone.now(), reason=reason)
