"""An import as the desk makes it, without the desk."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.files.base import ContentFile

from agreements.intake.apply import apply_import
from agreements.intake.check import check_import
from agreements.intake.mapping import ColumnMapping
from agreements.intake.models import Import
from agreements.intake.queue import start_applying, start_checking
from agreements.intake.receive import choose_columns, receive_file


def received(content: bytes, *, by: User, at: datetime, name: str = "old register.csv") -> Import:
    return receive_file(ContentFile(content), name=name, by=by, at=at)


def checked(content: bytes, *, by: User, at: datetime, name: str = "old register.csv") -> Import:
    """Received, with the columns that are proposed, and checked."""
    one = received(content, by=by, at=at, name=name)
    mapping = ColumnMapping(name="Old register", columns=one.preview["guess"])
    choose_columns(one.pk, mapping, remember=False, by=by, at=at)
    start_checking(one.pk)
    return check_import(one.pk)


def check_again(one: Import, *, by: User, at: datetime) -> Import:
    choose_columns(one.pk, ColumnMapping.model_validate(one.mapping), remember=False, by=by, at=at)
    start_checking(one.pk)
    return check_import(one.pk)


def written(one: Import, *, by: User, at: datetime, good_rows_only: bool = False) -> Import:
    start_applying(one.pk)
    return apply_import(one.pk, by=by, at=at, good_rows_only=good_rows_only)
