"""A report of an import as plain lines, for the terminal."""

from collections.abc import Iterator

from agreements.intake.contents.results import ContentResult, Report


def lines_of(report: Report) -> Iterator[str]:
    """A line an agreement, with what is to be known of it below; then the counts."""
    for one in report.results:
        yield from _lines_of(one)
    counts = ", ".join(f"{count} {outcome.value}" for outcome, count in report.counts.items())
    yield f"{counts}; {'written' if report.is_written else 'nothing written'}"


def _lines_of(one: ContentResult) -> Iterator[str]:
    number = one.register_number or "(new number)" if one.outcome != "refused" else ""
    yield " ".join(filter(None, (f"{one.number}.", one.outcome.value, number, one.provenance.reference, one.title)))
    yield f"    sha256 {one.provenance.content_hash}"
    if one.difference_count:
        yield f"    {one.difference_count} differences: {', '.join(one.sections)}"
    yield from (f"    refused: {refusal}" for refusal in one.refusals)
    yield from (f"    {remark.place + ': ' if remark.place else ''}{remark}" for remark in one.remarks)
