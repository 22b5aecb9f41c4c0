"""Opening a negotiation, putting contracts into its package, moving it through its stages."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Guest, Membership
from accounts.models.base import Conflict
from accounts.services import audit
from negotiation import stages
from negotiation.models import (
    Contract,
    Counterparty,
    DealMember,
    Negotiation,
    Paper,
    Party,
    Side,
    Stage,
    StageEntry,
)
from negotiation.models.contracts import ContractState
from negotiation.services import again
from playbooks.models import PlaybookVersion


@transaction.atomic
def open_negotiation(
    *,
    title: str,
    counterparty_name: str,
    by: Membership,
    kind: str = "distributive",
    objectives: str = "",
    value_minor: int | None = None,
    currency: str = "EUR",
    term_months: int | None = None,
    law: str = "",
    their_lead: tuple[str, str] | None = None,
    team: Iterable[Membership] = (),
    at: datetime | None = None,
) -> Negotiation:
    """A new deal with both sides at the table. `their_lead` is (name, e-mail) of their point of contact."""
    organisation = by.organisation
    counterparty, _created = Counterparty.objects.get_or_create(
        organisation=organisation, name=counterparty_name.strip()
    )
    negotiation = Negotiation.objects.create(
        organisation=organisation,
        title=title,
        kind=kind,
        owner=by,
        objectives=objectives,
        value_minor=value_minor,
        currency=currency,
        term_months=term_months,
        law=law,
    )
    ours = Side.objects.create(
        organisation=organisation, negotiation=negotiation, name=organisation.name, is_ours=True
    )
    theirs = Side.objects.create(organisation=organisation, negotiation=negotiation, name=counterparty.name)
    Party.objects.create(organisation=organisation, side=ours, legal_name=organisation.name, lead_member=by)
    Party.objects.create(
        organisation=organisation,
        side=theirs,
        legal_name=counterparty.name,
        counterparty=counterparty,
        lead_guest=_guest(negotiation, counterparty, their_lead),
    )
    DealMember.objects.bulk_create(
        DealMember(organisation=organisation, negotiation=negotiation, member=member)
        for member in {row.pk: row for row in (by, *team)}.values()
    )
    StageEntry.objects.create(
        organisation=organisation,
        negotiation=negotiation,
        stage=Stage.PREPARATION,
        entered_at=at or timezone.now(),
        by=by,
    )
    audit.record(
        organisation=organisation,
        by=by,
        action="negotiation.opened",
        target=negotiation,
        negotiation=negotiation.uuid,
        payload={"kind": kind, "currency": currency, "value_minor": value_minor},
        personal={"title": title, "counterparty": counterparty.name},
    )
    return negotiation


@transaction.atomic
def change_negotiation(
    *,
    negotiation: Negotiation,
    by: Membership,
    seen: int,
    title: str,
    counterparty_name: str,
    kind: str,
    objectives: str,
    value_minor: int | None,
    currency: str,
    term_months: int | None,
    law: str,
    their_lead: tuple[str, str] | None = None,
) -> Negotiation:
    """Mend what was said when the deal was opened. Without `their_lead` their point of contact stays.

    Raises Conflict if somebody changed the deal or moved its stage first.
    """
    fields = {
        "title": title.strip(),
        "kind": kind,
        "objectives": objectives.strip(),
        "value_minor": value_minor,
        "currency": currency,
        "term_months": term_months,
        "law": law.strip(),
    }
    changed = sorted(name for name, value in fields.items() if getattr(negotiation, name) != value)
    negotiation.change(
        seen=seen, conflict=_("Somebody changed this negotiation while you had it open."), **fields
    )
    theirs = negotiation.their_side()
    if theirs.name != counterparty_name.strip():
        _rename(theirs, counterparty_name.strip())
        changed.append("counterparty")
    if their_lead is not None and _change_lead(negotiation, theirs, their_lead):
        changed.append("their_lead")
    audit.record(
        organisation=negotiation.organisation,
        by=by,
        action="negotiation.changed",
        target=negotiation,
        negotiation=negotiation.uuid,
        payload={"changed": changed, "currency": currency, "value_minor": value_minor},
        personal={"title": negotiation.title, "counterparty": theirs.name},
    )
    if {"value_minor", "currency", "term_months", "law"} & set(changed):
        again.ask(negotiation=negotiation, because="facts", key=f"{negotiation.uuid}:{negotiation.version}")
    return negotiation


def _rename(side: Side, name: str) -> None:
    """The other side of this deal is another company, or is written otherwise; other deals keep theirs."""
    counterparty, _created = Counterparty.objects.get_or_create(organisation=side.organisation, name=name)
    before, side.name = side.name, name
    side.save(update_fields=["name"])
    side.parties.filter(legal_name=before).update(legal_name=name, counterparty=counterparty)


def _change_lead(negotiation: Negotiation, side: Side, lead: tuple[str, str]) -> bool:
    party = side.parties.select_related("counterparty", "lead_guest").order_by("pk").first()
    now = party.lead_guest if party is not None else None
    if party is None or party.counterparty is None or (now and (now.name, now.email) == lead):
        return False
    guest = _guest(negotiation, party.counterparty, lead)
    if guest is not None and guest.name != lead[0]:
        guest.name = lead[0]
        guest.save(update_fields=["name"])
    party.lead_guest = guest
    party.save(update_fields=["lead_guest"])
    return True


def _guest(
    negotiation: Negotiation, counterparty: Counterparty, lead: tuple[str, str] | None
) -> Guest | None:
    if lead is None:
        return None
    name, email = lead
    guest, _created = Guest.objects.get_or_create(
        organisation=negotiation.organisation,
        email=email.strip().lower(),
        defaults={"name": name, "company": counterparty.name},
    )
    return guest


@transaction.atomic
def add_contract(
    *,
    negotiation: Negotiation,
    title: str,
    paper: str,
    by: Membership,
    our_role: str = "",
    playbook_version: PlaybookVersion | None = None,
) -> Contract:
    """Put one more document into the package, below those already there in precedence."""
    if playbook_version is not None and playbook_version.published_at is None:
        raise ValidationError(_("Only a published playbook version can be used in a negotiation."))
    last = negotiation.contracts.order_by("-precedence").first()
    contract = Contract.objects.create(
        organisation=negotiation.organisation,
        negotiation=negotiation,
        title=title,
        paper=Paper(paper),
        our_role=our_role,
        precedence=last.precedence + 1 if last else 1,
        playbook_version=playbook_version,
    )
    audit.record(
        organisation=negotiation.organisation,
        by=by,
        action="contract.added",
        target=contract,
        negotiation=negotiation.uuid,
        payload={"paper": paper, "playbook_version": str(playbook_version.uuid) if playbook_version else ""},
        personal={"title": title},
    )
    return contract


@transaction.atomic
def move_to_stage(
    *,
    negotiation: Negotiation,
    target: str,
    by: Membership | None,
    seen: int | None = None,
    override_reason: str = "",
    at: datetime | None = None,
) -> Negotiation:
    """Enter the next stage (or go back to an earlier one).

    Raises ValidationError naming every unmet exit criterion unless `override_reason` is given, and Conflict
    if somebody moved it first.
    """
    if target not in stages.ALLOWED[negotiation.stage]:
        raise ValidationError(_("The negotiation cannot go to that stage from here."))
    missing = stages.missing_to_leave(negotiation) if stages.is_forward(negotiation.stage, target) else []
    if missing and not override_reason.strip():
        raise ValidationError([obstacle.message for obstacle in missing])
    left = negotiation.stage
    changed = Negotiation.objects.filter(
        pk=negotiation.pk, stage=left, version=negotiation.version if seen is None else seen
    ).update(stage=target, version=negotiation.version + 1)
    if not changed:
        raise Conflict(_("Somebody moved this negotiation to another stage while you had it open."))
    negotiation.refresh_from_db()
    StageEntry.objects.create(
        organisation=negotiation.organisation,
        negotiation=negotiation,
        stage=target,
        entered_at=at or timezone.now(),
        by=by,
        override_reason=override_reason if missing else "",
    )
    audit.record(
        organisation=negotiation.organisation,
        by=by,
        action="negotiation.stage_entered",
        target=negotiation,
        negotiation=negotiation.uuid,
        payload={"from": left, "to": target, "overridden": [o.code for o in missing]},
        personal={"reason": override_reason} if missing else None,
    )
    return negotiation


def close_signed(negotiation: Negotiation, at: datetime) -> None:
    """Every document is executed: the deal is handed over, whatever earlier stages still asked for. What they
    asked for stands in the record of the move. In the caller's transaction."""
    negotiation.refresh_from_db()
    unsigned = negotiation.contracts.exclude(state=ContractState.EXECUTED).exists()
    if unsigned or negotiation.stage == Stage.HANDOVER:
        return
    left = negotiation.stage
    missing = [obstacle.code for obstacle in stages.missing_to_leave(negotiation)]
    negotiation.change(stage=Stage.HANDOVER)
    StageEntry.objects.create(
        organisation=negotiation.organisation,
        negotiation=negotiation,
        stage=Stage.HANDOVER,
        entered_at=at,
        by=None,
        override_reason=_("Every document is signed.") if missing else "",
    )
    audit.record(
        organisation=negotiation.organisation,
        by=None,
        action="negotiation.stage_entered",
        target=negotiation,
        negotiation=negotiation.uuid,
        payload={"from": left, "to": Stage.HANDOVER.value, "overridden": missing},
    )


def advance_if_ready(*, negotiation: Negotiation, target: str, by: Membership | None) -> None:
    """Follow what happened: move forward towards `target` while each stage's exit criteria are met."""
    negotiation.refresh_from_db()
    while stages.ORDER.index(negotiation.stage) < stages.ORDER.index(target):
        following = stages.ORDER[stages.ORDER.index(negotiation.stage) + 1]
        if stages.missing_to_leave(negotiation):
            return
        try:
            move_to_stage(negotiation=negotiation, target=following, by=by)
        except Conflict:
            return  # somebody moved it at this very moment; their move stands
