"""The desk as a browser uses it: log in, open a form, send it back, press a button."""

from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.forms import BaseForm, FileField, MultiWidget
from django.test import Client
from django.urls import reverse

from agreements.register.models.agreements import Agreement


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def change_page(agreement: Agreement) -> str:
    return reverse("admin:agreements_agreement_change", args=[agreement.pk])


def act(user: User, agreement: Agreement, name: str, **data: str) -> list[str]:
    """Press a button; what the desk says."""
    response = client_of(user).post(reverse(f"admin:agreement_{name}", args=[agreement.pk]), data)
    return [str(message) for message in get_messages(response.wsgi_request)]


def form_of(client: Client, page: str, **rows: dict[str, object]) -> dict[str, object]:
    """All that a browser would send back from a page of the admin, with one row added to each part named."""
    response = client.get(page)
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    forms = [response.context["adminform"].form]
    for formset in formsets:
        forms += [formset.management_form, *formset.forms]
    sent: dict[str, object] = {}
    for form in forms:
        sent |= _values(form)
    for formset in formsets:
        if formset.prefix in rows:
            number = formset.total_form_count()
            blank = {name.replace("__prefix__", str(number)): one for name, one in _values(formset.empty_form).items()}
            typed = {f"{formset.prefix}-{number}-{name}": one for name, one in rows[formset.prefix].items()}
            sent |= {**blank, **typed, f"{formset.prefix}-TOTAL_FORMS": number + 1}
    return sent


def _values(form: BaseForm) -> dict[str, object]:
    sent: dict[str, object] = {}
    for bound in form:
        value, widget = bound.value(), bound.field.widget
        if value is None or value is False or isinstance(bound.field, FileField):
            continue  # a browser sends neither an empty box nor a file that is there already
        if isinstance(widget, MultiWidget):  # a moment has two inputs, its date and its time
            inputs = zip(widget.widgets_names, widget.decompress(value), strict=True)
            sent |= {f"{bound.html_name}{name}": str(one) for name, one in inputs if one is not None}
        elif isinstance(value, list):
            sent[bound.html_name] = [getattr(one, "pk", one) for one in value]
        else:
            sent[bound.html_name] = bound.field.prepare_value(value)
    return sent
