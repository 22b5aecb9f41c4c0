"""Signing: one envelope for one version, one link per person, and the record of what each of them did.

The files' hash is fixed when the envelope goes out; a signature records the hash of exactly what was shown.
"""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

import redline
from accounts.models import Guest, Membership
from accounts.models.base import Conflict
from accounts.services import audit, files
from accounts.services.notifications import notify
from accounts.services.people import hash_token
from negotiation import gates
from negotiation.models import Contract, Side
from negotiation.services import agreements, blanks
from negotiation.services.turns import TurnBlocked
from negotiation.words import checked
from signing.models import Envelope, EnvelopeState, Signer, SignerState
from signing.services import invitations

LINK_LIFE = timedelta(days=30)
COPY_LIFE = timedelta(days=365)
"""How long after completion the links still give each signer the copy of what they signed."""

CONSENT = gettext_noop(
    "I agree to sign this contract electronically. By typing my name and choosing “Sign” I intend to be "
    "bound by exactly the document shown here. I may ask for a copy on paper instead, and I receive a copy "
    "of what I signed."
)


UNDECIDED = (SignerState.WAITING, SignerState.OPENED)


@dataclass(frozen=True)
class Invited:
    """Who is to sign, for which side, in which order (equal positions sign in parallel)."""

    side: Side
    name: str
    email: str
    title: str = ""
    position: int = 1
    member: Membership | None = None


def obstacles(contract: Contract) -> list[gates.Obstacle]:
    """Why signing cannot start, everything at once; empty where it can."""
    version = agreements.agreed_version(contract)
    url = contract.get_absolute_url()
    if version is None:
        return [gates.Obstacle(_("Both sides must agree to the newest text first."), url, "agreement")]
    if not version.is_ready():
        return [gates.Obstacle(_("The agreed text is still being read."), url, "reading")]
    return gates.signing_obstacles(contract, version)


def start_signing(
    *,
    contract: Contract,
    invited: Sequence[Invited],
    by: Membership,
    blanks_left: int = 0,
    at: datetime | None = None,
) -> Envelope:
    """Send the agreed version out for signature, with as many blanks of a form left as `blanks_left` says.

    Raises TurnBlocked with every obstacle (no agreed version, a variance still open), ValidationError where
    a side has nobody to sign or blanks are left that nobody spoke of, redline.Refused where the text to be
    shown is not the file's, Conflict if signing was started by somebody else.
    """
    at = at or timezone.now()
    version = agreements.agreed_version(contract)
    in_the_way = obstacles(contract)
    if version is None or in_the_way:
        raise TurnBlocked(in_the_way)
    _check_invited(contract, invited)
    blanks.check_left(blanks.of_version(version), blanks_left)
    data = files.read_bytes(version.file)
    if redline.text(data) != version.text:
        raise redline.Refused(
            "shown_differs", _("The text shown to signers is not the text of the file; nothing was sent.")
        )
    with transaction.atomic():
        agreements.mark_signing(contract=contract, started=True)
        envelope = Envelope.objects.create(
            organisation=contract.organisation,
            contract=contract,
            contract_version=version,
            file=version.file,
            document_sha256=hashlib.sha256(data).hexdigest(),
            consent_text=_(CONSENT),
            started_by=by,
            sent_at=at,
        )
        for person in invited:
            _invite(envelope, person, at)
        invitations.invite_whose_turn_it_is(envelope)
        audit.record(
            organisation=contract.organisation,
            by=by,
            action="signing.started",
            target=envelope,
            negotiation=contract.negotiation.uuid,
            payload={
                "contract": str(contract.uuid),
                "version": version.number,
                "sha256": envelope.document_sha256,
                "signers": len(invited),
                "blanks_left": blanks_left,
            },
            personal={"signers": [f"{person.name} <{person.email}>" for person in invited]},
        )
    return envelope


def _check_invited(contract: Contract, invited: Sequence[Invited]) -> None:
    for side in contract.negotiation.sides.all():
        if not any(person.side.pk == side.pk for person in invited):
            raise ValidationError(_("Name at least one signer for %(side)s.") % {"side": side.name})
    addresses = [person.email.strip().lower() for person in invited]
    if len(set(addresses)) != len(addresses):
        raise ValidationError(_("Each signer needs an e-mail address of their own."))


def _invite(envelope: Envelope, person: Invited, at: datetime) -> Signer:
    signer_uuid = uuid.uuid4()
    guest = None
    if person.member is None:
        guest, _created = Guest.objects.get_or_create(
            organisation=envelope.organisation,
            email=person.email.strip().lower(),
            defaults={"name": person.name, "company": person.side.name},
        )
    return Signer.objects.create(
        uuid=signer_uuid,
        organisation=envelope.organisation,
        envelope=envelope,
        side=person.side,
        member=person.member,
        guest=guest,
        name=person.name,
        email=person.email.strip().lower(),
        title=person.title,
        position=person.position,
        token_hash=hash_token(invitations.token_of(signer_uuid)),
        expires_at=at + LINK_LIFE,
    )


def signer_of(token: str, *, at: datetime) -> Signer | None:
    """The signer whose link this is, or None for an unknown, expired or ended one: all look alike outside."""
    signer = (
        Signer.objects.select_related(
            "envelope__contract__negotiation",
            "envelope__file",
            "organisation",
            "guest",
            "member__user",
            "side",
        )
        .filter(token_hash=hash_token(token))
        .first()
    )
    if signer is None or signer.expires_at <= at or signer.envelope.state == EnvelopeState.VOIDED:
        return None
    return signer


def is_their_turn(signer: Signer) -> bool:
    """Whether everybody of an earlier position has signed; the order is kept here, not by mail timing."""
    earlier = signer.envelope.signers.filter(position__lt=signer.position)
    return not earlier.exclude(state=SignerState.SIGNED).exists()


@transaction.atomic
def record_opened(*, signer: Signer, at: datetime) -> None:
    """The first look at the document is recorded; later looks change nothing."""
    opened = Signer.objects.filter(pk=signer.pk, state=SignerState.WAITING).update(
        state=SignerState.OPENED, opened_at=at, version=signer.version + 1
    )
    if opened:
        signer.refresh_from_db()
        _record(signer, "signing.opened")


def sign(
    *,
    signer: Signer,
    typed_name: str,
    consents: bool,
    document_sha256: str,
    seen: int,
    address: str | None,
    agent: str,
    at: datetime,
) -> Envelope:
    """Sign exactly the document shown.

    Raises ValidationError without consent or with another name than the invited one, Conflict when the
    envelope ended, the person already signed, or the document shown is not the one sent out.
    """
    if not consents:
        raise ValidationError(_("Tick the consent to sign electronically, or decline."))
    if _folded(typed_name) != _folded(signer.name):
        raise ValidationError(_("Type your name as it stands above: %(name)s.") % {"name": signer.name})
    if not is_their_turn(signer):
        raise Conflict(_("Somebody else signs before you; you get a message when it is your turn."))
    envelope = signer.envelope
    if document_sha256 != envelope.document_sha256:
        raise Conflict(_("The document changed since you opened this page; open the link again."))
    if not _is_still(envelope):
        raise Conflict(_("The stored document is not the one that was sent out; signing is stopped."))
    with transaction.atomic():
        won = Envelope.objects.filter(
            pk=envelope.pk, state=EnvelopeState.OUT, version=envelope.version
        ).update(version=envelope.version + 1)
        signed = Signer.objects.filter(pk=signer.pk, version=seen, state__in=UNDECIDED).update(
            version=seen + 1,
            state=SignerState.SIGNED,
            signed_at=at,
            typed_name=typed_name.strip(),
            consent_sha256=hashlib.sha256(envelope.consent_text.encode()).hexdigest(),
            document_sha256=document_sha256,
            address=address,
            agent=agent[:300],
        )
        if not (won and signed):
            raise Conflict(_("This envelope changed while you had it open; open the link again."))
        signer.refresh_from_db()
        envelope.refresh_from_db()
        _record(signer, "signing.signed", sha256=document_sha256, consent=signer.consent_sha256)
        _complete_if_all_signed(envelope, at)
    return envelope


def _is_still(envelope: Envelope) -> bool:
    """Whether the stored bytes are the ones sent out."""
    try:
        data = files.read_bytes(envelope.file)
    except files.DamagedFile:
        return False
    return hashlib.sha256(data).hexdigest() == envelope.document_sha256


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _complete_if_all_signed(envelope: Envelope, at: datetime) -> None:
    if envelope.signers.exclude(state=SignerState.SIGNED).exists():
        invitations.invite_whose_turn_it_is(envelope)
        return
    envelope.signers.update(expires_at=at + COPY_LIFE)
    invitations.send_copies(envelope)
    envelope.change(state=EnvelopeState.COMPLETED, completed_at=at)
    audit.record(
        organisation=envelope.organisation,
        by=None,
        action="signing.completed",
        target=envelope,
        negotiation=envelope.contract.negotiation.uuid,
        payload={"sha256": envelope.document_sha256},
    )
    agreements.mark_executed(contract=envelope.contract, version=envelope.contract_version, at=at)
    notify(
        members=[envelope.started_by],
        kind="signing.completed",
        url=envelope.contract.get_absolute_url(),
        what=envelope.contract.title,
    )


def decline(*, signer: Signer, reason: str, seen: int, at: datetime) -> Envelope:
    """Refuse to sign; the envelope ends and the contract is open for another agreement."""
    if not reason.strip():
        raise ValidationError(_("Say why you decline, so that it can be mended."))
    envelope = signer.envelope
    with transaction.atomic():
        won = Envelope.objects.filter(
            pk=envelope.pk, state=EnvelopeState.OUT, version=envelope.version
        ).update(version=envelope.version + 1, state=EnvelopeState.DECLINED)
        declined = Signer.objects.filter(pk=signer.pk, version=seen, state__in=UNDECIDED).update(
            version=seen + 1, state=SignerState.DECLINED, decline_reason=reason.strip()
        )
        if not (won and declined):
            raise Conflict(_("This envelope changed while you had it open; open the link again."))
        signer.refresh_from_db()
        envelope.refresh_from_db()
        agreements.mark_signing(contract=envelope.contract, started=False)
        invitations.tell_stopped(envelope)
        _record(signer, "signing.declined", personal={"reason": reason})
        notify(
            members=[envelope.started_by],
            kind="signing.declined",
            url=envelope.contract.get_absolute_url(),
            by=signer.name,
            what=envelope.contract.title,
        )
    return envelope


@transaction.atomic
def void(*, envelope: Envelope, reason: str, by: Membership, seen: int) -> Envelope:
    """Take the envelope back before everybody signed; its links stop working at once."""
    reason = checked(reason)
    if not reason:
        raise ValidationError(_("Say why signing is stopped: the signers are told."))
    won = Envelope.objects.filter(pk=envelope.pk, state=EnvelopeState.OUT, version=seen).update(
        version=seen + 1, state=EnvelopeState.VOIDED, void_reason=reason
    )
    if not won:
        raise Conflict(_("This envelope was signed by everybody or ended while you had it open."))
    envelope.refresh_from_db()
    agreements.mark_signing(contract=envelope.contract, started=False)
    invitations.tell_stopped(envelope)
    audit.record(
        organisation=envelope.organisation,
        by=by,
        action="signing.voided",
        target=envelope,
        negotiation=envelope.contract.negotiation.uuid,
        personal={"reason": reason},
    )
    return envelope


@transaction.atomic
def resend(*, signer: Signer, by: Membership, at: datetime) -> None:
    """Send the same link to the signer again, at most once a day.

    Raises ValidationError where the person signed already, is not yet asked, or the envelope ended.
    """
    if signer.envelope.state != EnvelopeState.OUT or signer.state not in UNDECIDED:
        raise ValidationError(_("There is nothing left to ask of this person."))
    if not is_their_turn(signer):
        raise ValidationError(_("Somebody else signs first; the invitation follows by itself."))
    invitations.invite_again(signer, at)
    audit.record(
        organisation=signer.organisation,
        by=by,
        action="signing.invited_again",
        target=signer,
        negotiation=signer.envelope.contract.negotiation.uuid,
    )


def _record(signer: Signer, action: str, *, personal: dict[str, str] | None = None, **payload: str) -> None:
    envelope = signer.envelope
    audit.record(
        organisation=envelope.organisation,
        by=signer.member or signer.guest,
        action=action,
        target=signer,
        negotiation=envelope.contract.negotiation.uuid,
        payload={"envelope": str(envelope.uuid), **payload},
        personal=personal,
    )
