"""A page of the admin as a browser would send it back: input names and their values."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.forms import BaseForm, FileField, MultiWidget
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

Sent = dict[str, list[str]]
"""The values of each input; what a browser does not send, as an empty choice, is not there."""


def as_sent(forms: Iterable[BaseForm]) -> Sent:
    """What a browser would send of these forms as they are shown. Files can't be sent again."""
    return {name: kept for form in forms for name, values in _values(form) if (kept := [one for one in values if one])}


def sent_by(request: HttpRequest) -> Sent:
    """What the browser sent, in the same form."""
    return from_post(request.POST)


def from_post(data: "MultiValueDict[str, str]") -> Sent:
    return {name: kept for name, values in data.lists() if (kept := [text for one in values if (text := _plain(one))])}


def forms_of(context: Mapping[str, Any]) -> list[BaseForm]:
    """All forms on a page of the admin, from what its template is given."""
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    rows = [one for formset in formsets for one in (formset.management_form, *formset.forms)]
    return [context["adminform"].form, *rows]


def _values(form: BaseForm) -> Iterable[tuple[str, list[str]]]:
    for bound in form:
        value, widget = bound.value(), bound.field.widget
        if value is None or value is False or isinstance(bound.field, FileField):
            continue
        if isinstance(widget, MultiWidget):  # a moment has two inputs, its date and its time
            names: list[str] = widget.widgets_names  # type: ignore[attr-defined]  # its stubs lack it
            for part, name, one in zip(widget.widgets, names, widget.decompress(value) or (), strict=True):
                yield f"{bound.html_name}{name}", [_plain(part.format_value(one) or "")]
        elif isinstance(value, list | tuple):
            yield bound.html_name, [_plain(bound.field.prepare_value(one)) for one in value]
        else:
            shown_value = widget.format_value(bound.field.prepare_value(value))
            one = shown_value[0] if isinstance(shown_value, list) and shown_value else shown_value
            yield bound.html_name, [_plain("on" if value is True else one)]


def _plain(value: Any) -> str:
    """A value as it compares: browsers write line ends as CR LF, and forms strip blanks."""
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
