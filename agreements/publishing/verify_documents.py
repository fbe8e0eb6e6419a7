"""Whether the files of documents are in storage, byte for byte as their hash says."""

import hashlib
from collections.abc import Iterator

from django.core.files.storage import default_storage

from agreements.editions.checked import Checked
from agreements.editions.errors import Differs
from agreements.editions.models import Edition
from agreements.register.models.words_and_files import Document


def verify_published_documents(*, after: int = 0) -> Iterator[Checked]:
    """The files that editions name, each read once; every edition that holds.

    Raises:
        Differs: a file is missing or was changed.
    """
    seen: set[str] = set()
    for edition in Edition.objects.filter(pk__gt=after).order_by("pk").iterator(chunk_size=200):
        for document in edition.content.documents:
            if document.sha256 not in seen:
                verify_file(document.sha256, f"{document.file_name}, a document of {edition}")
                seen.add(document.sha256)
        yield Checked(edition.pk)


def verify_kept_documents(*, after: int = 0) -> Iterator[Checked]:
    """The files of the working record, public or not.

    Raises:
        Differs: a file is missing or was changed.
    """
    documents = Document.objects.filter(pk__gt=after).select_related("agreement").order_by("pk")
    for document in documents.iterator(chunk_size=200):
        verify_file(document.sha256, f"{document.file_name}, a document of {document.agreement.register_number}")
        yield Checked(document.pk)


def verify_file(sha256: str, which: str) -> None:
    """Read a stored document and compute its hash.

    Raises:
        Differs: it is missing, or other bytes.
    """
    try:
        with default_storage.open(f"documents/{sha256[:2]}/{sha256}") as file:
            computed = hashlib.sha256()
            for part in file.chunks():
                computed.update(part)
    except FileNotFoundError as error:
        raise Differs(f"{which}, is missing from storage.") from error
    if computed.hexdigest() != sha256:
        raise Differs(f"{which}, was changed: its SHA-256 is not {sha256}.")
