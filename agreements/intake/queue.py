"""Checking and writing in the background, so that a large file keeps nobody waiting."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from agreements.intake.apply import apply_import
from agreements.intake.check import check_import
from agreements.intake.errors import NotNow, RowsRefused, Unreadable
from agreements.intake.models import OPEN_STATES, Import, ImportState


@transaction.atomic
def queue_check(import_id: int) -> None:
    """Have a worker check the file, once the current transaction is committed; who asks twice is refused.

    Raises:
        NotNow: it is being checked or written already, or is over.
    """
    start_checking(import_id)
    check.enqueue(import_id)


@transaction.atomic
def queue_apply(import_id: int, *, by: User, good_rows_only: bool, page: str = "") -> None:
    """Have a worker write what was checked; who asks twice is refused the second time.

    Raises:
        NotNow: it is not checked, or is being written already.
    """
    start_applying(import_id)
    apply.enqueue(import_id, by.pk, good_rows_only, page)


def start_checking(import_id: int) -> None:
    """Note that an import is being checked.

    Raises:
        NotNow: as above.
    """
    _start(import_id, ImportState.CHECKING, OPEN_STATES)


def start_applying(import_id: int) -> None:
    """Note that a checked import is being written.

    Raises:
        NotNow: as above.
    """
    _start(import_id, ImportState.APPLYING, (ImportState.CHECKED,))


@transaction.atomic
def _start(import_id: int, busy: ImportState, sources: tuple[ImportState, ...]) -> None:
    one = Import.objects.select_for_update().get(pk=import_id)
    if one.state not in sources:
        raise NotNow(one.state)
    one.state, one.rows_done = busy, 0
    one.save(update_fields=["state", "rows_done"])


@task()
def check(import_id: int) -> str:
    """Safe to run again. Returns the state that the import is in then."""
    return _back_on_failure(
        import_id, ImportState.CHECKING, ImportState.RECEIVED, lambda: check_import(import_id).state
    )


@task()
def apply(import_id: int, user_id: int, good_rows_only: bool, page: str) -> str:
    """Safe to run again: what is written is not written twice. Returns the state that the import is in then."""

    def write() -> str:
        by = User.objects.get(pk=user_id)
        try:
            return apply_import(import_id, by=by, at=timezone.now(), good_rows_only=good_rows_only, page=page).state
        except NotNow as error:
            return error.state
        except RowsRefused:
            _set_state(import_id, ImportState.APPLYING, ImportState.CHECKED)
        except Unreadable as error:
            flaw = {"code": error.flaw, "details": error.details}
            Import.objects.filter(pk=import_id).update(state=ImportState.FAILED, flaw=flaw)
        return Import.objects.values_list("state", flat=True).get(pk=import_id)

    return _back_on_failure(import_id, ImportState.APPLYING, ImportState.CHECKED, write)


def _back_on_failure(import_id: int, busy: ImportState, before: ImportState, do: Callable[[], str]) -> str:
    """Let people try again where the job fails; the first page says why it did."""
    try:
        return do()
    except Exception:
        _set_state(import_id, busy, before)
        raise


def _set_state(import_id: int, busy: ImportState, state: ImportState) -> None:
    Import.objects.filter(pk=import_id, state=busy).update(state=state)
