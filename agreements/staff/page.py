"""The agreement's page at the desk as a whole: its sections, and which rows of its parts stand there with inputs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.admin.helpers import InlineAdminFormSet
from django.contrib.admin.utils import flatten
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst

from agreements.staff.rows import Opened, lines_of
from agreements.vocabulary.sections import OPEN, Section

PART: Final = "part"
"""The parameter of the page's address that asks for the rows of one part only."""

_FIELDSETS: Final = (Section.TITLES, Section.SUMMARY, Section.TERMS, Section.SOURCES, "change-note", "people-in-charge")
_OF_PARTS: Final = {"framework_links": Section.FRAMEWORKS}
"""Sections by the name of their part, where the two differ."""


@dataclass(frozen=True)
class PageSection:
    """A section in the page's own list of them; ``count`` is absent where there are no rows to count."""

    anchor: str
    label: str
    count: int | None
    has_errors: bool


class SectionsMixin:
    """For the agreement's form: sections with anchors, and rows that are opened one by one."""

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        inlines: list[Any] = super().get_inline_instances(request, obj)  # type: ignore[misc]  # a mixin
        wanted = _fragment(request)
        return inlines if wanted is None else [one for one in inlines if _part_name(one) == wanted]

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)  # type: ignore[misc]  # a mixin
        return kwargs | {"opened": Opened.of(request.GET.getlist(OPEN))}

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """After a save for the sake of a row: the page with that row open."""
        response: HttpResponse = super().response_change(request, obj)  # type: ignore[misc]  # a mixin
        row = request.POST.get("_continue", "")
        if isinstance(response, HttpResponseRedirect) and Opened.of([row]).keys:
            return redirect(f"{request.path}?{OPEN}={row}#{row}")
        return response

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        parts: list[Any] = context["inline_admin_formsets"]
        for part in parts:
            part.lines = lines_of(part)
            part.anchor = anchor_of(part)
        if _fragment(request) is not None:
            return TemplateResponse(request, "admin/agreements/agreement/part_row.html", context | _row(parts))
        context["fieldset_sections"] = list(zip(_fieldset_sections(context), context["adminform"], strict=True))
        context["sections"] = [*(section for section, _set in context["fieldset_sections"]), *map(_part_section, parts)]
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc,no-any-return]  # a mixin


def rows_shown(context: dict[str, Any]) -> set[str]:
    """The rows that stand on the page with their inputs, each by place, as ``dates-0``."""
    return {form.prefix for part in context["inline_admin_formsets"] for form in part.formset.forms}


def is_whole(request: HttpRequest) -> bool:
    """Whether the whole page is asked for, and not one row of it."""
    return _fragment(request) is None


def anchor_of(part: InlineAdminFormSet) -> str:
    """The anchor of a part's section: the one that comments and problems link to."""
    name = str(part.formset.prefix)
    return str(_OF_PARTS.get(name, name))


def _fragment(request: HttpRequest) -> str | None:
    return request.GET.get(PART) if request.method == "GET" else None


def _part_name(inline: Any) -> str:
    name: str = inline.model._meta.get_field("agreement").remote_field.get_accessor_name()
    return name


def _row(parts: list[Any]) -> dict[str, Any]:
    """The one row that was asked for.

    Raises:
        Http404: there is none, or it was removed meanwhile.
    """
    lines = [(part, line) for part in parts for line in part.lines if line.row is not None and line.is_open]
    if len(lines) != 1:
        raise Http404
    part, line = lines[0]
    return {"inline_admin_formset": part, "line": line}


def _fieldset_sections(context: dict[str, Any]) -> Iterator[PageSection]:
    form: BaseForm = context["adminform"].form
    for anchor, fieldset in zip(_FIELDSETS, context["adminform"], strict=True):
        names = flatten(fieldset.fields)
        has_errors = any(name in form.errors for name in names) if form.is_bound else False
        yield PageSection(str(anchor), str(fieldset.name), None, has_errors)


def _part_section(part: Any) -> PageSection:
    formset = part.formset
    has_errors = formset.is_bound and bool(any(formset.errors) or formset.non_form_errors())
    label = part.opts.verbose_name if formset.max_num == 1 else part.opts.verbose_name_plural
    return PageSection(part.anchor, capfirst(str(label)), sum(one.place is not None for one in part.lines), has_errors)
