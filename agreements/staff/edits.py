"""For the pages of parts that have one of their own: an edit there is an edit of the agreement."""

from typing import Any, cast

from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from agreements.register.edits import record_edit
from agreements.register.models.agreements import Agreement


class PartPageMixin:
    """For admin classes of an activity or a document: review starts over, and the part stays with its agreement."""

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))  # type: ignore[misc]  # a mixin
        return fields if obj is None else (*fields, "agreement")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # Django's
        super().save_related(request, form, formsets, change)  # type: ignore[misc]  # a mixin
        if form.has_changed() or any(formset.has_changed() for formset in formsets):
            _note(form.instance.agreement_id, request)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)  # type: ignore[misc]  # a mixin
        _note(obj.agreement_id, request)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        agreements = set(queryset.values_list("agreement_id", flat=True))
        super().delete_queryset(request, queryset)  # type: ignore[misc]  # a mixin
        for agreement_id in agreements:
            _note(agreement_id, request)


def _note(agreement_id: int, request: HttpRequest) -> None:
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    record_edit(agreement, by=cast(User, request.user), at=timezone.now())
