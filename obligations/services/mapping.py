"""At signature: the agreed rungs' mappings become obligations, and the renewal dates that were read become
dates to act on. Running it twice adds nothing (`mapping_key`)."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Membership, Team
from accounts.services import audit
from accounts.services.notifications import notify
from negotiation.models import Contract, Finding, Version, VersionLabel
from negotiation.services import reviews
from obligations.dates import add_days, add_months
from obligations.models import Bearer, Obligation
from obligations.services import reminders
from playbooks import rules

PERIOD_MONTHS = {
    "month": 1,
    "monthly": 1,
    "quarter": 3,
    "quarterly": 3,
    "half year": 6,
    "year": 12,
    "yearly": 12,
    "annual": 12,
    "contract year": 12,
    "calendar year": 12,
}
AT_THE_START = frozenset(
    {"signature", "signing", "start", "effective date", "start of agreement", "commencement", "start of term"}
)
AT_THE_END = frozenset(
    {"end", "term end", "renewal", "expiry", "end of agreement", "end of contract", "end of term"}
)
"""How playbook authors name the events whose dates we know; every other event happens when it happens."""


def contract_executed(contract: Contract) -> None:
    """The negotiation room's handler, in the transaction in which the contract becomes executed."""
    version = contract.versions.filter(label=VersionLabel.EXECUTED).order_by("-number").first()
    if version is None or contract.playbook_version is None:
        return
    for finding in Finding.objects.filter(review__version=version).select_related("clause"):
        issue = reviews.rules_of_version(contract.playbook_version).issue(finding.issue)
        if finding.rung and issue.position(finding.rung) < len(issue.rungs):
            for number, template in enumerate(issue.rung(finding.rung).obligations):
                _create(contract, version, finding, template, f"{issue.code}:{finding.rung}:{number}")


def _create(
    contract: Contract, version: Version, finding: Finding, template: rules.ObligationTemplate, key: str
) -> None:
    signed_on = _local(contract)
    due_on = due_date(template.due, signed_on, contract.negotiation.term_months)
    team = Team.objects.filter(organisation=contract.organisation, code=template.owner).first()
    obligation, created = Obligation.objects.get_or_create(
        contract=contract,
        mapping_key=key,
        defaults={
            "organisation": contract.organisation,
            "clause": finding.clause,
            "finding": finding,
            "issue": finding.issue,
            "rung": finding.rung,
            "title": template.title,
            "quote": finding.quote,
            "bearer": Bearer.THEIRS if template.bearer == "theirs" else Bearer.OURS,
            "owner": _first_owner(contract, team),
            "owner_role": template.owner,
            "team": team,
            "due_on": due_on,
            "zone": contract.organisation.zone,
            "due_rule": {
                "kind": template.due.kind,
                "event": template.due.event,
                "days": template.due.days,
            },
            "repeats_months": _period(template.due) if template.due.kind == "every" else None,
        },
    )
    if not created:
        return
    audit.record(
        organisation=contract.organisation,
        by=None,
        action="obligation.created",
        target=obligation,
        negotiation=contract.negotiation.uuid,
        payload={"issue": finding.issue, "rung": finding.rung, "due_on": str(due_on or "")},
    )
    reminders.plan(obligation)
    if obligation.owner is not None:
        notify(
            members=[obligation.owner],
            kind="obligation.assigned",
            url=obligation.get_absolute_url(),
            what=obligation.title,
        )


def _local(contract: Contract) -> date:
    moment = contract.executed_at or timezone.now()
    return moment.astimezone(ZoneInfo(contract.organisation.zone)).date()


def _first_owner(contract: Contract, team: Team | None) -> Membership | None:
    """The team's first active member; with nobody there the obligation shows as «without owner»."""
    if team is None:
        return None
    return team.members.filter(is_active=True).order_by("user__name").first()


def due_date(due: rules.Due, signed_on: date, term_months: int | None) -> date | None:
    """The first local date on which the duty falls due; None for a duty per event, or where the event's date
    is not known or the date would be no possible day (it is then shown as without date, never guessed).

    `after`/`before` count calendar days from the event; `every` is one period after signature.
    """
    if due.kind == "every":
        period = _period(due)
        return add_months(signed_on, period) if period else None
    anchor = _event_date(due.event, signed_on, term_months)
    if anchor is None or due.kind not in ("after", "before"):
        return None
    return add_days(anchor, due.days if due.kind == "after" else -due.days)


def _period(due: rules.Due) -> int | None:
    return PERIOD_MONTHS.get(_words(due.event))


def _words(event: str) -> str:
    """An event's name without articles, underscores and capitals: “the end of the agreement” is one event."""
    return " ".join(word for word in event.lower().replace("_", " ").split() if word != "the")


def _event_date(event: str, signed_on: date, term_months: int | None) -> date | None:
    name = _words(event)
    if name in AT_THE_START:
        return signed_on
    if name in AT_THE_END and term_months:
        return add_months(signed_on, term_months)
    return None


def describe_rule(rule: dict[str, Any]) -> str:
    """The due-date rule in words."""
    if not rule:
        return ""
    event = str(rule.get("event", "")).replace("_", " ")
    if rule.get("kind") == "every":
        return _("every %(period)s after signature") % {"period": event}
    if rule.get("kind") in ("after", "before"):
        days = int(rule.get("days", 0))
        if not days:
            return _("on %(event)s") % {"event": event}
        pattern = (
            ngettext("%(days)d day after %(event)s", "%(days)d days after %(event)s", days)
            if rule["kind"] == "after"
            else ngettext("%(days)d day before %(event)s", "%(days)d days before %(event)s", days)
        )
        return pattern % {"days": days, "event": event}
    days = int(rule.get("days", 0))
    if days:
        return ngettext(
            "within %(days)d day of each %(event)s", "within %(days)d days of each %(event)s", days
        ) % {"days": days, "event": event}
    return _("each time: %(event)s") % {"event": event}
