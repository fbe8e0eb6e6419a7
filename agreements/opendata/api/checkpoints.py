"""The log's signed checkpoints, and proofs under them."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Query
from pydantic import AwareDatetime, ConfigDict, Field

from agreements.editions.checkpoints import checkpoint_of, checkpoints_after, newest_checkpoint
from agreements.editions.errors import NotInTree
from agreements.editions.proofs import ConsistencyProof, InclusionProof, consistency_proof, inclusion_proof
from agreements.editions.queries import log_entry
from agreements.editions.tree_models import Checkpoint
from agreements.opendata.api.answers import Answer, Licence, Listing, licence, page_links
from agreements.opendata.api.operations import Words, reading
from agreements.opendata.api.parameters import PageParameters, Parameters

TAG = _("Log")


class SignedCheckpoint(Answer):
    """The log at one size, signed (c2sp.org/tlog-checkpoint)."""

    size: int = Field(description=_("How many entries the log had."))
    root: str = Field(description=_("The root of the Merkle tree over these entries, hexadecimal."))
    at: AwareDatetime
    text: str = Field(description=_("The signed text. Keep it: what it holds can’t be changed unseen any more."))


class CheckpointAnswer(Answer):
    """One checkpoint."""

    checkpoint: SignedCheckpoint
    licence: Licence | None


class CheckpointList(Listing):
    """A page of checkpoints, the oldest first."""

    items: tuple[SignedCheckpoint, ...]


class InclusionAnswer(Answer, InclusionProof):
    """That an entry is in the log of which a checkpoint was signed (RFC 9162, 2.1.3)."""


class ConsistencyAnswer(Answer, ConsistencyProof):
    """That the log of a newer checkpoint holds that of an older one unchanged (RFC 9162, 2.1.4)."""


class InclusionParameters(Parameters):
    sequence: int = Field(ge=1, le=10**15, description=_("The entry’s place in the log, from 1."), examples=[1])
    size: int | None = Field(
        None, ge=1, le=10**15, description=_("The size of a checkpoint; the newest one where none is named.")
    )


class ConsistencyParameters(Parameters):
    model_config = ConfigDict(frozen=True, populate_by_name=True)

    older: int = Field(ge=1, le=10**15, alias="from", description=_("The size of the older checkpoint."), examples=[1])
    newer: int = Field(ge=1, le=10**15, alias="to", description=_("The size of the newer checkpoint."), examples=[1])


@reading(
    "log/checkpoint",
    answer=CheckpointAnswer,
    refuses=(404,),
    words=Words(
        TAG,
        _("Get the newest checkpoint"),
        _("The log as it is now, signed: at each publication and withdrawal, and every day."),
    ),
)
def get_checkpoint(request: HttpRequest) -> CheckpointAnswer:
    return newest_answer()


@reading(
    "log/checkpoints",
    answer=CheckpointList,
    asks=PageParameters,
    words=Words(TAG, _("List the checkpoints"), _("Every checkpoint that was ever signed, the oldest first.")),
)
def list_checkpoints(request: HttpRequest, parameters: Query[PageParameters]) -> CheckpointList:
    return checkpoint_list(after=parameters.after, size=parameters.limit)


@reading(
    "log/proof/inclusion",
    answer=InclusionAnswer,
    asks=InclusionParameters,
    refuses=(404,),
    words=Words(
        TAG,
        _("Prove that an entry is in the log"),
        _("The hashes that lead from an entry to the root of a checkpoint. Each PDF carries the proof of its edition."),
    ),
)
def prove_inclusion(request: HttpRequest, parameters: Query[InclusionParameters]) -> InclusionAnswer:
    return inclusion(parameters.sequence, size=parameters.size)


@reading(
    "log/proof/consistency",
    answer=ConsistencyAnswer,
    asks=ConsistencyParameters,
    refuses=(404,),
    words=Words(
        TAG,
        _("Prove that nothing logged was changed"),
        _("The hashes that show the log of one checkpoint to be the beginning of another’s."),
    ),
)
def prove_consistency(request: HttpRequest, parameters: Query[ConsistencyParameters]) -> ConsistencyAnswer:
    return consistency(parameters.older, parameters.newer)


def newest_answer() -> CheckpointAnswer:
    """The newest checkpoint.

    Raises:
        Http404: nothing was signed yet.
    """
    return CheckpointAnswer(checkpoint=_signed(_there(newest_checkpoint())), licence=licence())


def checkpoint_list(*, after: int, size: int) -> CheckpointList:
    """The checkpoints that follow one, by its number."""
    rows = checkpoints_after(after, at_most=size + 1)
    return CheckpointList(
        items=tuple(_signed(one) for one in rows[:size]),
        links=page_links("log/checkpoints", {"limit": size}, after=rows[size - 1].pk if len(rows) > size else None),
        licence=licence(),
    )


def inclusion(sequence: int, *, size: int | None = None) -> InclusionAnswer:
    """The proof of an entry.

    Raises:
        Http404: there is no such entry or checkpoint, or the checkpoint does not reach to the entry.
    """
    entry = log_entry(sequence)
    checkpoint = _there(newest_checkpoint() if size is None else checkpoint_of(size))
    if entry is None:
        raise Http404
    try:
        proof = inclusion_proof(entry, checkpoint=checkpoint)
    except NotInTree as error:
        raise Http404 from error
    return InclusionAnswer(**proof.model_dump())


def consistency(older: int, newer: int) -> ConsistencyAnswer:
    """The proof that one checkpoint continues another.

    Raises:
        Http404: there is no checkpoint of one of these sizes, or the older one is the larger.
    """
    try:
        proof = consistency_proof(_there(checkpoint_of(older)), _there(checkpoint_of(newer)))
    except NotInTree as error:
        raise Http404 from error
    return ConsistencyAnswer(**proof.model_dump())


def _there(checkpoint: Checkpoint | None) -> Checkpoint:
    if checkpoint is None:
        raise Http404
    return checkpoint


def _signed(checkpoint: Checkpoint) -> SignedCheckpoint:
    return SignedCheckpoint(size=checkpoint.size, root=checkpoint.root, at=checkpoint.at, text=checkpoint.text)
