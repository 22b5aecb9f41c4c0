"""A person asks the model for something. The question is a row; a job carries it out."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import jobs
from accounts.models import Membership
from accounts.services import audit
from integrations.language_models.models import Kind, Suggestion
from integrations.language_models.provider import configured
from negotiation.models import Finding
from playbooks.models import Playbook

JOB = "language_models.ask"
LONGEST_PROSE = 20_000


def for_finding(*, finding: Finding, kind: str, by: Membership) -> Suggestion:
    """Ask for a reason to give outside, or for wording of the paragraph, on one issue of a contract.

    Raises ValidationError without a language model, or where the issue has no paragraph to work on.
    """
    if kind not in (Kind.REASON, Kind.WORDING):
        raise ValidationError(_("Ask for a reason or for wording."))
    source = paragraph_of(finding)
    if not source:
        raise ValidationError(_("This issue has no paragraph in the contract to work on."))
    if kind == Kind.REASON and not finding.edits:
        raise ValidationError(_("There is no proposal here to give a reason for; ask for wording first."))
    return _ask(
        Suggestion(
            organisation=finding.organisation, kind=kind, contract=finding.contract, finding=finding,
            source=source,
            asked_by=by,
        )
    )  # fmt: skip


def for_rules(*, playbook: Playbook, prose: str, by: Membership) -> Suggestion:
    """Ask for rules out of prose: a memo, a page of a PDF playbook, notes of a talk.

    Raises ValidationError without a language model, without prose or with more than can be read with care.
    """
    prose = "\n".join(line.rstrip() for line in prose.replace("\r\n", "\n").split("\n")).strip()
    if not prose:
        raise ValidationError(_("Paste the text that says how you negotiate."))
    if len(prose) > LONGEST_PROSE:
        raise ValidationError(
            _("At most %(most)s characters at once; this is %(given)s. Give it a chapter at a time.")
            % {"most": LONGEST_PROSE, "given": len(prose)}
        )
    row = Suggestion(
        organisation=playbook.organisation, kind=Kind.RULES, playbook=playbook, source=prose, asked_by=by
    )
    return _ask(row)


def paragraph_of(finding: Finding) -> str:
    """The paragraph an issue was found in, as it was uploaded; empty where there is none."""
    if not finding.block:
        return ""
    block = finding.review.version.blocks.filter(address=finding.block).first()
    return block.text if block else ""


@transaction.atomic
def _ask(row: Suggestion) -> Suggestion:
    provider = configured()
    if provider is None:
        raise ValidationError(_("No language model is set up on this server. Parley works without one."))
    row.model = provider.model[:120]
    row.save()
    audit.record(
        organisation=row.organisation,
        by=row.asked_by,
        action="suggestion.asked",
        target=row,
        negotiation=row.contract.negotiation.uuid if row.contract else None,
        payload={"kind": row.kind, "model": row.model, "characters": len(row.source)},
    )
    jobs.enqueue(kind=JOB, args={"suggestion": row.pk}, key=f"{JOB}:{row.uuid}")
    return row
