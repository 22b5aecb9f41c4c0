"""The team codes that an organisation's playbooks name, and what the rooms above still need a team for."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Membership, Organisation, Team
from accounts.services import teams as services
from accounts.team_codes import NamedCode
from approvals.models import ApprovalStep, MatrixRow, RequestState, StepState
from obligations.models import Obligation
from playbooks import rules
from playbooks.models import PlaybookVersion


def name_of(code: str) -> str:
    """What a team with this code is called until somebody gives it another name."""
    known = {
        "business": _("Business"),
        "cfo": _("Chief financial officer"),
        "finance": _("Finance"),
        "general_counsel": _("General counsel"),
        "ip_counsel": _("Intellectual property counsel"),
        "legal": _("Legal"),
        "operations": _("Operations"),
        "people": _("People"),
        "privacy": _("Privacy"),
        "procurement": _("Procurement"),
        "security": _("Security"),
    }
    return known.get(code) or code.replace("_", " ").capitalize()


def named_by_playbooks(organisation: Organisation) -> list[NamedCode]:
    """The codes that the published playbooks name as approvers, or as owners of obligations."""
    where: dict[str, set[str]] = defaultdict(set)
    approving: set[str] = set()
    in_use = PlaybookVersion.objects.filter(playbook__organisation=organisation, playbook__archived_at=None)
    newest: dict[int, PlaybookVersion] = {}  # one query, however many playbooks there are
    for version in in_use.published().select_related("playbook").order_by("number"):
        newest[version.playbook_id] = version
    for version in newest.values():
        book, read = version.playbook, rules.Playbook.from_data(version.data)
        asked, owning = set(_approvers(read)), set(_owners(read))
        approving |= asked
        for code in asked | owning:
            where[code].add(book.title)
    return [
        NamedCode(code, name_of(code), tuple(sorted(titles)), code in approving)
        for code, titles in sorted(where.items())
    ]


def _approvers(playbook: rules.Playbook) -> Iterator[str]:
    for issue in playbook.issues:
        yield from issue.walk_away.approvers.roles
        for rung in issue.rungs:
            if rung.approvers is not None:
                yield from rung.approvers.roles


def _owners(playbook: rules.Playbook) -> Iterator[str]:
    for issue in playbook.issues:
        for rung in issue.rungs:
            yield from (duty.owner for duty in rung.obligations)


def needs_of(team: Team) -> Iterator[str]:
    """What would be left without anybody if the team were gone."""
    lines = MatrixRow.objects.filter(team=team, archived_at=None).count()
    if lines:
        yield ngettext(
            "one line of the approval matrix names it", "%(n)d lines of the approval matrix name it", lines
        ) % {"n": lines}
    waiting = ApprovalStep.objects.filter(
        team=team, state=StepState.WAITING, request__state=RequestState.OPEN
    ).count()
    if waiting:
        yield ngettext("one approval waits for it", "%(n)d approvals wait for it", waiting) % {"n": waiting}
    duties = Obligation.objects.pending().filter(team=team).count()
    if duties:
        yield ngettext("one obligation belongs to it", "%(n)d obligations belong to it", duties) % {
            "n": duties
        }


def create_named(*, organisation: Organisation, by: Membership | None) -> list[Team]:
    """A team with nobody in it for every code that the organisation's playbooks name and that has none."""
    there = set(Team.with_archived.filter(organisation=organisation).values_list("code", flat=True))
    return [
        services.create_team(organisation=organisation, code=one.code, name=one.name, by=by)
        for one in named_by_playbooks(organisation)
        if one.code not in there
    ]
