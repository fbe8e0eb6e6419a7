"""Two people on one record: the second save shows both versions, and never overwrites in silence."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import admin
from django.core import signing
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agreements.register.models.agreements import Agreement
from agreements.staff.fields import language_of_field
from agreements.staff.merge import REMOVED, Difference, Page, differences, merged
from agreements.staff.page import is_whole
from agreements.staff.sent import Sent, as_sent, forms_of, sent_by
from agreements.vocabulary.languages import DIRECTIONS
from agreements.vocabulary.sections import OPEN

_SALT: Final = "agreements.staff.conflicts"
REVISION: Final = "_revision"
SEEN: Final = "_seen"
DECIDED: Final = "_decided"
MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Shown:
    """A difference as the page shows it."""

    name: str
    label: str
    mine: str
    theirs: str
    both: bool
    language: str
    direction: str


class ConflictMixin:
    """For the agreement's form: it carries what was seen, and a save on top of another's asks first."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        agreement: Agreement | None = kwargs.get("obj")
        if agreement is not None and self.has_change_permission(request, agreement):  # type: ignore[attr-defined]
            is_new = REVISION not in request.POST
            context["revision"] = agreement.revision if is_new else request.POST[REVISION]
            context["seen"] = [_pack(_shown_now(request, context))] if is_new else request.POST.getlist(SEEN)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc,no-any-return]  # a mixin

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        view = super().changeform_view  # type: ignore[misc]  # a mixin
        if request.method != "POST" or object_id is None or not str(object_id).isdecimal():
            return view(request, object_id, *args, **kwargs)  # type: ignore[no-any-return]
        with transaction.atomic():
            agreement = Agreement.objects.select_for_update().filter(pk=object_id).first()
            if agreement is None or not self.has_change_permission(request, agreement):  # type: ignore[attr-defined]
                return view(request, object_id, *args, **kwargs)  # type: ignore[no-any-return]
            is_current = request.POST.get(REVISION) == str(agreement.revision)
            if not is_current or DECIDED in request.POST:
                now = view(_as_if_opened(request), object_id)
                conflict = _conflict(request, agreement, now.context_data, is_decided=is_current)
                if conflict is not None:
                    return conflict
            return view(request, object_id, *args, **kwargs)  # type: ignore[no-any-return]


def _conflict(
    request: HttpRequest, agreement: Agreement, context: Mapping[str, Any], *, is_decided: bool
) -> HttpResponse | None:
    """The page with both versions; ``None`` when what is to be saved is now in ``request.POST``."""
    forms = forms_of(context)
    sent, there = sent_by(request), as_sent(forms)
    seen = Page.of(*map(_unpack, request.POST.getlist(SEEN)))
    mine, now = Page.of(sent), Page.of(there)
    found = {one.where.name: one for one in differences(seen, mine, now)}
    choices = {name: request.POST.get(f"_choice-{name}") for name in found}
    if (is_decided and all(choices.values())) or not found:
        data = merged(mine, now, found, is_mine=lambda one: choices[one.where.name] == MINE)
        request.POST = _as_post(request, data, agreement, there)  # type: ignore[assignment]  # as browsers send it
        return None
    words = {**context, "title": _("Two versions")}
    words |= {
        "agreement": agreement,
        "differences": [_shown(one, forms) for one in found.values()],
        "sent": [(name, value) for name, values in sent.items() for value in values if not name.startswith("_")],
        "seen": request.POST.getlist(SEEN),
        "had_files": bool(request.FILES),
        "undecided": is_decided,
    }
    return render(request, "admin/agreements/conflict.html", {**admin.site.each_context(request), **words})


def _as_if_opened(request: HttpRequest) -> HttpRequest:
    """The same page now, with all rows whole that were sent."""
    opened = copy(request)
    opened.method = "GET"
    opened.POST = QueryDict()
    wanted = QueryDict(mutable=True)
    rows = Page.of(sent_by(request)).rows
    wanted.setlist(OPEN, [f"{prefix}:{row_id}" for prefix, known in rows.items() for row_id in known])
    opened.GET = wanted  # type: ignore[assignment]  # read as what a browser asked for
    return opened


def _shown_now(request: HttpRequest, context: Mapping[str, Any]) -> Sent:
    """The inputs that the page shows; of a row that is loaded on its own, only its own."""
    forms = forms_of(context)
    return as_sent(forms if is_whole(request) else [one for one in forms if one.prefix])


def _as_post(request: HttpRequest, data: Sent, agreement: Agreement, there: Sent) -> QueryDict:
    post = QueryDict(mutable=True)
    for name, values in request.POST.lists():
        if name.endswith("_FORMS") or name in ("_save", "_continue", "_addanother"):
            post.setlist(name, values)
    for name, values in data.items():
        post.setlist(name, values)
    post[REVISION] = str(agreement.revision)
    post[SEEN] = _pack(there)
    return post


def _pack(sent: Sent) -> str:
    return signing.dumps(sent, salt=_SALT, compress=True)


def _unpack(packed: str) -> Sent:
    """What was seen; nothing where that is missing or was tampered with, so that everything is asked."""
    try:
        seen: Sent = signing.loads(packed, salt=_SALT)
    except signing.BadSignature:
        return {}
    return seen


def _shown(difference: Difference, forms: list[BaseForm]) -> Shown:
    where = difference.where
    form = _form_of(where.prefix, where.row_id, forms)
    if where.field == REMOVED:
        field = None
        label = _("Removed")
        mine, theirs = (_("yes") if one else _("no") for one in (difference.mine, difference.theirs))
    else:
        stem = where.field if form is None or where.field in form.fields else where.field.rpartition("_")[0]
        field = form.fields.get(stem) if form is not None else None
        label = str(field.label) if field is not None and field.label else where.field
        mine, theirs = (_words(one, field) for one in (difference.mine, difference.theirs))
    language = language_of_field(where.field)
    row = getattr(form, "instance", None) if where.prefix else None
    return Shown(
        name=where.name,
        label=f"{capfirst(row._meta.verbose_name)} “{row}”: {label}" if row is not None else capfirst(label),
        mine=mine,
        theirs=theirs,
        both=difference.both,
        language=language or "",
        direction=DIRECTIONS[language] if language else "auto",
    )


def _form_of(prefix: str, row_id: str, forms: list[BaseForm]) -> BaseForm | None:
    if not prefix:
        return forms[0]
    rows = [one for one in forms if (one.prefix or "").startswith(f"{prefix}-")]
    return next((one for one in rows if str(one["id"].value()) == row_id), None)


def _words(values: list[str], field: Any) -> str:
    """Values as people read them: the names of what was chosen, not its numbers."""
    choices = getattr(field, "choices", None)
    if getattr(field, "queryset", None) is not None:
        key = getattr(field, "to_field_name", None) or "pk"
        named = {str(getattr(one, key)): str(one) for one in field.queryset.filter(**{f"{key}__in": values})}
    else:
        named = {str(value): str(label) for value, label in choices or ()}
    return ", ".join(named.get(value, value) for value in values)
