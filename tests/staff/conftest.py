"""A draft as the other side meets it, and a link to it."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from agreements.publishing.party_links import MadeLink
from agreements.register.models.agreements import Agreement
from tests.other_side import ask


@pytest.fixture
def draft(shipped_draft: int, db: None) -> Agreement:
    Agreement.objects.filter(pk=shipped_draft).update(title_en="A title that nobody has seen")
    return Agreement.objects.get(pk=shipped_draft)


@pytest.fixture
def made(draft: Agreement, editor: User) -> MadeLink:
    return ask(draft, by=editor, at=timezone.now())
