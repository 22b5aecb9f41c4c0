"""What our next turn says beside its text: the reasons of our changes and our external comments, one by one.

The page that sends lists them and lets each be left out; the file is checked against the same list, so that
nothing is said that nobody saw. A reason that came from the playbook leaves only if the pinned version has it
on a rung of that issue: what the review says about itself stays inside.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone

import redline
from accounts.services import files
from negotiation.models import Change, ChangeState, Comment, Contract, Draft, Version, Visibility
from negotiation.services import outgoing, reviews


@dataclass(frozen=True)
class Said:
    """One reason or comment that leaves: `key` names it, `about` are the words it explains, if any."""

    key: str
    text: str
    clause_number: str
    about: str
    is_reason: bool


def said_by(contract: Contract, draft: Draft) -> list[Said]:
    """Everything said with the draft as it stands, reasons first, in the order the file is written in."""
    numbers = dict(draft.base.clause_texts.values_list("clause_id", "number"))
    reasons = [
        Said(
            key=outgoing.key_of(row),
            text=row.reason,
            clause_number=numbers.get(row.clause_id or 0, ""),
            about=_about(row),
            is_reason=True,
        )
        for row in (_with_reasons(contract, draft) if contract.organisation.reasons_as_comments else [])
        if not _is_internal(row)
    ]
    comments = [
        Said(
            key=outgoing.key_of(row),
            text=row.body,
            clause_number=numbers.get(row.clause_id or 0, ""),
            about="",
            is_reason=False,
        )
        for row in outgoing.unsent_comments(contract)
    ]
    return reasons + comments


def _with_reasons(contract: Contract, draft: Draft) -> list[Change]:
    if draft.pk is None:
        pending: list[Change] = []
    else:
        ours = draft.changes.filter(state=ChangeState.PENDING).order_by("pk")
        pending = list(ours.select_related("finding__review__playbook_version"))
    refused = outgoing.still_refused(outgoing.refused_changes(draft.base), pending)
    return [row for row in (*pending, *refused) if row.reason]


def _about(row: Change) -> str:
    return row.after or row.before


def _is_internal(row: Change) -> bool:
    """Whether a reason came from the playbook's machinery and is none that the playbook lets out."""
    if row.source != "playbook" or row.finding is None:
        return False
    return row.reason not in reviews.outward_reasons(row.finding)


def left_out(contract: Contract, draft: Draft, keys: Collection[str]) -> set[str]:
    """Those of `keys` that name something said, and the reasons that may not leave at all."""
    rows = _with_reasons(contract, draft)
    known = {outgoing.key_of(row) for row in rows}
    known |= {outgoing.key_of(row) for row in outgoing.unsent_comments(contract)}
    return {outgoing.key_of(row) for row in rows if _is_internal(row)} | (known & set(keys))


def check(base: Version, docx: bytes, said: Sequence[Said]) -> bool:
    """Whether the file says exactly this beside what the base version's file said already. How lines end is
    a matter of the file."""
    document = redline.read(files.read_bytes(base.file))
    known = outgoing.comments_that_may_travel(base, document)
    before = Counter(_words(one.text) for one in document.comments if one.id in known)
    now = Counter(_words(one.text) for one in redline.read(docx).comments)
    return now - before == Counter(_words(one.text) for one in said)


def _words(text: str) -> str:
    return " ".join(text.split())


def keep_inside(contract: Contract, draft: Draft, keys: Collection[str]) -> int:
    """What was left out stays with us as a note: nobody takes it for sent later. In the caller's transaction;
    gives how many there were."""
    changes = Change.objects.filter(contract=contract, uuid__in=keys).exclude(reason="")
    comments = outgoing.unsent_comments(contract).filter(uuid__in=keys)
    count = changes.count() + comments.count()
    changes.filter(note="").update(note=F("reason"))
    changes.update(reason="")
    Comment.objects.filter(pk__in=list(comments.values_list("pk", flat=True))).update(
        visibility=Visibility.INTERNAL, resolved_at=timezone.now()
    )
    return count
