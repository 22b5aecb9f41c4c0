"""Writing and verifying the audit chain.

Writing, in the caller's transaction:
1. lock the organisation's head row (a conditional UPDATE, so that SQLite and PostgreSQL behave alike);
2. hash the entry's canonical JSON together with the head's hash;
3. insert the entry and move the head.
"""

import hashlib
import json
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models
from django.utils import timezone

from accounts.models import AuditEntry, AuditHead, AuditPersonal, Guest, Membership, Organisation, User
from accounts.models.audit import ActorKind

Actor = Membership | Guest | None
"""Who did it: a member, a guest of the other side, or None for the system itself."""


def record(
    *,
    organisation: Organisation,
    by: Actor,
    action: str,
    target: models.Model | None = None,
    negotiation: uuid.UUID | None = None,
    payload: Mapping[str, Any] | None = None,
    personal: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> AuditEntry:
    """Append one entry to the organisation's chain, in the transaction that makes the change.

    `payload` holds codes, ids, numbers and hashes. Names and free text go to `personal`.
    Raises RuntimeError outside a transaction: an entry without its change, or the reverse, would be a lie.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An audit entry is written in the transaction of its change.")
    head = _locked_head(organisation)
    salt = secrets.token_hex(16) if personal else ""
    entry = AuditEntry(
        organisation=organisation,
        number=head.number + 1,
        at=at or timezone.now(),
        actor_kind=_kind(by),
        actor_user=by.user if isinstance(by, Membership) else None,
        actor_guest=by if isinstance(by, Guest) else None,
        action=action,
        object_type=target._meta.label_lower if target is not None else "",
        object_uuid=getattr(target, "uuid", None),
        negotiation_uuid=negotiation,
        payload=_plain(dict(payload or {})),
        personal_hash=_hash_personal(salt, _plain(dict(personal))) if personal else "",
        previous_hash=head.hash,
    )
    entry.hash = entry_hash(entry)
    entry.save(force_insert=True)
    if personal:
        AuditPersonal.objects.create(entry=entry, salt=salt, data=_plain(dict(personal)))
    AuditHead.objects.filter(pk=head.pk).update(number=entry.number, hash=entry.hash)
    return entry


def _locked_head(organisation: Organisation) -> AuditHead:
    AuditHead.objects.get_or_create(organisation=organisation)
    # An UPDATE takes the row lock on PostgreSQL and the write lock on SQLite alike.
    AuditHead.objects.filter(organisation=organisation).update(number=models.F("number"))
    return AuditHead.objects.get(organisation=organisation)


def _kind(by: Actor) -> ActorKind:
    if isinstance(by, Membership):
        return ActorKind.PERSON
    return ActorKind.GUEST if isinstance(by, Guest) else ActorKind.SYSTEM


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """The data as JSON will give it back, so that the hash is the same before and after storing."""
    plain: dict[str, Any] = json.loads(json.dumps(data, default=str, sort_keys=True))
    return plain


def _canonical(data: Any) -> bytes:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _hash_personal(salt: str, data: dict[str, Any]) -> str:
    return hashlib.sha256(salt.encode() + _canonical(data)).hexdigest()


def entry_hash(entry: AuditEntry) -> str:
    """SHA-256 over the previous hash and the entry's canonical JSON (keys sorted, no spaces, UTF-8)."""
    sealed = {
        "organisation": str(entry.organisation.uuid),
        "number": entry.number,
        "uuid": str(entry.uuid),
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": [entry.actor_kind, entry.actor_user_id, entry.actor_guest_id],
        "action": entry.action,
        "object": [entry.object_type, str(entry.object_uuid or "")],
        "negotiation": str(entry.negotiation_uuid or ""),
        "payload": entry.payload,
        "personal": entry.personal_hash,
    }
    return hashlib.sha256(entry.previous_hash.encode() + _canonical(sealed)).hexdigest()


@dataclass(frozen=True)
class Broken:
    """Where a chain stops being true: the entry's number and a sentence."""

    number: int
    why: str


@dataclass(frozen=True)
class ChainReport:
    """The answer of a verification: entries read, the head's hash, and what is wrong, in order."""

    entries: int
    head: str
    broken: tuple[Broken, ...]

    @property
    def is_whole(self) -> bool:
        return not self.broken


def verify_chain(organisation: Organisation) -> ChainReport:
    """Recompute every hash of the organisation's chain. Finds changed, removed, swapped and added entries.

    An entry cut off the end together with a rewritten head shows only against a head kept elsewhere
    (signing certificates carry one).
    """
    broken: list[Broken] = []
    expected, previous, count = 1, "0" * 64, 0
    entries = AuditEntry.objects.filter(organisation=organisation).order_by("number")
    personal = {row.entry_id: row for row in AuditPersonal.objects.filter(entry__organisation=organisation)}
    for entry in entries.select_related("organisation").iterator(chunk_size=2000):
        count += 1
        if entry.number != expected:
            broken.append(Broken(expected, f"entry {expected} is missing"))
        if entry.previous_hash != previous:
            broken.append(Broken(entry.number, f"entry {entry.number} does not follow the one before it"))
        if entry_hash(entry) != entry.hash:
            broken.append(Broken(entry.number, f"entry {entry.number} was changed after it was written"))
        kept = personal.get(entry.pk)
        if kept is not None and _hash_personal(kept.salt, kept.data) != entry.personal_hash:
            broken.append(Broken(entry.number, f"the personal part of entry {entry.number} was changed"))
        expected, previous = entry.number + 1, entry.hash
    head = AuditHead.objects.filter(organisation=organisation).first()
    if head is None:
        head = AuditHead(organisation=organisation)
    if (head.number, head.hash) != (expected - 1, previous):
        broken.append(Broken(head.number, "the last entries do not match the head of the chain"))
    return ChainReport(count, head.hash, tuple(broken))


def actor_name(entry: AuditEntry) -> str:
    """The name of who did it, as known today."""
    person: User | Guest | None = entry.actor_user or entry.actor_guest
    return person.name if person else "Parley"
