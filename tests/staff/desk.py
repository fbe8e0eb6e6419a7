"""The desk as a browser uses it: log in, open a form, send it back, press a button."""

from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Organization, Source
from agreements.staff.fields import three
from agreements.staff.sent import as_sent, forms_of


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def change_page(agreement: Agreement) -> str:
    return reverse("admin:agreements_agreement_change", args=[agreement.pk])


def act(user: User, agreement: Agreement, name: str, **typed: str) -> list[str]:
    """Press a button of the review page as it stands now; what the desk says."""
    revision = Agreement.objects.values_list("revision", flat=True).get(pk=agreement.pk)
    address = reverse(f"admin:agreement_{name}", args=[agreement.pk])
    response = client_of(user).post(address, {"revision": revision, **typed})
    said = [str(message) for message in get_messages(response.wsgi_request)]
    errors = (response.context or {}).get("refused") or {}
    return said + [str(error) for field in errors.values() for error in field]


def accept_warnings(user: User, agreement: Agreement, *, reason: str = "No source states it.") -> None:
    """Tick every open warning and accept it."""
    client = client_of(user)
    page = client.get(reverse("admin:agreement_review", args=[agreement.pk]))
    keys = [one.key for one in page.context["readiness"].warnings]
    client.post(reverse("admin:agreement_accept", args=[agreement.pk]), {"key": keys, "reason": reason})


def publish(agreement: Agreement, editor: User, reviewer: User) -> None:
    """The whole way to the public, by buttons."""
    act(editor, agreement, "submit")
    accept_warnings(reviewer, agreement)
    act(reviewer, agreement, "approve")
    act(reviewer, agreement, "publish")


def form_of(client: Client, page: str, **rows: dict[str, object]) -> dict[str, object]:
    """All that a browser would send back from a page of the admin, with one row added to each part named."""
    context = client.get(page).context_data  # type: ignore[attr-defined]  # of a TemplateResponse, as all of the admin's
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    sent: dict[str, object] = {**as_sent(forms_of(context))}
    sent |= {f"_{name}": context[name] for name in ("revision", "seen") if name in context}
    for formset in formsets:
        if formset.prefix in rows:
            number = formset.total_form_count()
            blank = {
                name.replace("__prefix__", str(number)): one for name, one in as_sent([formset.empty_form]).items()
            }
            typed = {f"{formset.prefix}-{number}-{name}": one for name, one in rows[formset.prefix].items()}
            sent |= {**blank, **typed, f"{formset.prefix}-TOTAL_FORMS": number + 1}
    return sent


def agreement_with(editor: User, *, participations: int, activities: int) -> Agreement:
    """An agreement with so many rows of two parts, each with what a row can point at."""
    agreement = Agreement.objects.create(
        kind="protocol", written_in="en", last_edited_by=editor, **dict.fromkeys(three("title"), "Many parts")
    )
    source, _ = Source.objects.get_or_create(key="many-parts", defaults={"language": "en", "title_en": "A source"})
    bodies = [
        Organization.objects.get_or_create(
            key=f"body-{number}", defaults={"kind": "ngo", **dict.fromkeys(three("name"), f"Body {number}")}
        )[0]
        for number in range(max(participations, 1))
    ]
    for position, body in enumerate(bodies[:participations]):
        agreement.participations.create(role="beneficiary", organization=body, source=source, position=position)
    for position in range(activities):
        row = dict.fromkeys(three("title"), f"Activity {position}")
        activity = agreement.activities.create(status="planned", source=source, position=position, **row)
        activity.responsible.add(bodies[0])
    return agreement
