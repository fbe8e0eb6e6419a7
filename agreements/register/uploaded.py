"""What is found out of a file while it is uploaded, and noted with what is kept."""

from dataclasses import dataclass

from agreements.register.virus_scan import Verdict
from agreements.vocabulary.files import ActiveContent, FileRemark


@dataclass(frozen=True)
class Uploaded:
    """``sha256_before``: of the bytes that were handed in, where something was taken out of them."""

    verdict: Verdict | None = None
    taken_out: tuple[ActiveContent, ...] = ()
    sha256_before: str = ""
    remarks: tuple[FileRemark, ...] = ()
