"""The clause library: clauses made, changed, retired; put into a rung; made into a playbook."""

import copy
import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership, Organisation
from accounts.models.base import Conflict
from accounts.services import audit
from playbooks import rules
from playbooks.importing.plan import Plan
from playbooks.importing.tables import Table
from playbooks.models import LibraryClause, LibraryClauseVersion, PlaybookVersion, Standing, TableImport
from playbooks.review import place_text
from playbooks.services import drafting
from playbooks.topics import TOPICS

MOST_CHARACTERS = 20_000
MOST_VARIANTS = 20
MOST_FALLBACKS = 6
_CHANGED = "Somebody changed this clause meanwhile. Look at it again and repeat your change."


@dataclass(frozen=True)
class Contents:
    """What a clause says and is, as filled in. `variants` are {text, jurisdiction, industry, role}."""

    title: str
    text: str
    clause_type: str
    topic: str = ""
    standing: str = Standing.OTHER
    rank: int = 1
    side: str = ""
    policy: str = ""
    owner: Membership | None = None
    review_on: datetime.date | None = None
    variants: Sequence[Mapping[str, str]] = field(default_factory=tuple)
    before: str = ""
    after: str = ""
    guidance: str = ""
    source: str = ""
    note: str = ""


@transaction.atomic
def create_clause(*, organisation: Organisation, contents: Contents, by: Membership | None) -> LibraryClause:
    """A new clause with its first version. Raises ValidationError that says what is missing."""
    _check(organisation, contents)
    clause = LibraryClause.objects.create(organisation=organisation, **_head(contents))
    _version(clause, 1, contents, by)
    _record(clause, by, "library.clause_created", number=1)
    return clause


@transaction.atomic
def change_clause(
    *, clause: LibraryClause, seen: int, contents: Contents, by: Membership | None
) -> LibraryClause:
    """A new version of the clause; the one before stays as it was. Raises ValidationError, and Conflict when
    somebody changed or retired it meanwhile."""
    _check(clause.organisation, contents)
    _not_retired(clause)
    clause.change(seen=seen, conflict=_(_CHANGED), **_head(contents))
    number = clause.newest().number + 1
    _version(clause, number, contents, by)
    _record(clause, by, "library.clause_changed", number=number)
    return clause


@transaction.atomic
def retire_clause(
    *, clause: LibraryClause, seen: int, by: Membership | None, at: datetime.datetime | None = None
) -> LibraryClause:
    """Nobody shall use it any more; where it is used it stays. Raises Conflict."""
    _not_retired(clause)
    clause.change(seen=seen, conflict=_(_CHANGED), retired_at=at or timezone.now())
    _record(clause, by, "library.clause_retired")
    return clause


@transaction.atomic
def bring_back_clause(*, clause: LibraryClause, seen: int, by: Membership | None) -> LibraryClause:
    """Put a retired clause into use again. Raises Conflict."""
    if clause.retired_at is None:
        raise Conflict(_("This clause is in use already."))
    clause.change(seen=seen, conflict=_(_CHANGED), retired_at=None)
    _record(clause, by, "library.clause_brought_back")
    return clause


@transaction.atomic
def insert_wording(
    *, draft: PlaybookVersion, issue: str, rung: str, clause: LibraryClause, by: Membership | None
) -> str:
    """Make the clause, with its variants, the wording of a rung of a draft.

    Gives where Parley, reading the text by the rules of the draft, sees it stand: a rung's id, "walk_away",
    or "" where that cannot be told. Raises ValidationError when there is no such rung, the clause is retired
    or the draft would not hold together, and Conflict when the draft was changed meanwhile.
    """
    if clause.retired_at is not None:
        raise ValidationError(
            _("“%(title)s” is retired. Bring it back or choose another.") % {"title": clause.title}
        )
    data = copy.deepcopy(draft.data)
    target = next(
        (
            step
            for one in data["issues"]
            if one["code"] == issue
            for step in one["rungs"]
            if step["id"] == rung
        ),
        None,
    )
    if target is None:
        raise ValidationError(_("The draft has no such issue or rung any more. Choose again."))
    newest = clause.newest()
    given = [{"text": newest.text}, *({k: v for k, v in one.items() if v} for one in newest.variants)]
    target["wording"] = given
    what = _("wording of %(issue)s, %(rung)s from the clause library") % {"issue": issue, "rung": rung}
    changed = drafting.change(draft=draft, by=by, data=data, digest=draft.digest, what=what)
    _record(clause, by, "library.clause_used", playbook=draft.playbook.slug, issue=issue, rung=rung)
    return place_text(rules.Playbook.from_data(changed.data), issue, newest.text).rung or ""


@transaction.atomic
def table_of_clauses(
    *,
    organisation: Organisation,
    clauses: Sequence[LibraryClause],
    title: str,
    contract_type: str,
    side: str,
    by: Membership | None,
    approver: str = "",
) -> TableImport:
    """The clauses as a table, topic by topic, preferred and fallbacks, ready to be read as a playbook.

    From there on it goes as with a table from a file: what Parley reads in each wording is shown as a
    condition, corrected, and made a draft. Raises ValidationError naming what stands in the way.
    """
    _check_ladders(clauses)
    if not title.strip():
        raise ValidationError(_("Give the playbook a title."))
    rows = [_header()]
    for topic in dict.fromkeys(clause.topic for clause in clauses):
        ladder = _ladder([clause for clause in clauses if clause.topic == topic])
        texts = [clause.newest() for clause in ladder]
        guidance = "\n".join(text.guidance for text in texts if text.guidance)
        cells = [text.text for text in texts] + [""] * (MOST_FALLBACKS + 1 - len(texts))
        rows.append((TOPICS[topic].title, *cells, guidance, approver.replace("_", " ")))
    table = Table(_("Clause library"), tuple(rows))
    plan = Plan.first([table], title)
    plan = Plan(title.strip()[:200], contract_type, side, plan.tables)
    stored = [table.to_data()]
    content = json.dumps(stored, ensure_ascii=False, sort_keys=True).encode()
    kept = TableImport.objects.create(
        organisation=organisation,
        file_name=_("Clause library"),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        tables=stored,
        plan=plan.to_data(),
        brought_by=by,
    )
    audit.record(
        organisation=organisation,
        by=by,
        action="playbook.tables_received",
        target=kept,
        payload={"clauses": [str(clause.uuid) for clause in clauses], "tables": 1},
    )
    return kept


def _header() -> tuple[str, ...]:
    fallbacks = (f"Fallback {number} wording" for number in range(1, MOST_FALLBACKS + 1))
    return ("Issue", "Preferred wording", *fallbacks, "Guidance", "Approver")


def _check_ladders(clauses: Sequence[LibraryClause]) -> None:
    if not clauses:
        raise ValidationError(_("Choose at least one clause."))
    wrong = []
    for clause in clauses:
        if clause.topic not in TOPICS or clause.standing == Standing.OTHER:
            wrong.append(
                _("“%(title)s” stands on no ladder: give it a topic and a place.") % {"title": clause.title}
            )
    for topic in sorted({clause.topic for clause in clauses} & TOPICS.keys()):
        mine = [clause for clause in clauses if clause.topic == topic]
        preferred = [clause.title for clause in mine if clause.standing == Standing.PREFERRED]
        if len(preferred) != 1:
            said = _("%(topic)s: exactly one preferred clause is needed, and %(n)d are chosen.")
            wrong.append(said % {"topic": TOPICS[topic].title, "n": len(preferred)})
        if len(mine) > MOST_FALLBACKS + 1:
            said = _("%(topic)s: at most %(n)d fallbacks go on one ladder.")
            wrong.append(said % {"topic": TOPICS[topic].title, "n": MOST_FALLBACKS})
    if wrong:
        raise ValidationError(wrong)


def _ladder(clauses: Sequence[LibraryClause]) -> list[LibraryClause]:
    """Preferred first, then the fallbacks in their order."""
    return sorted(clauses, key=lambda one: (one.standing != Standing.PREFERRED, one.rank, one.title, one.pk))


def _check(organisation: Organisation, contents: Contents) -> None:
    wrong = []
    if not contents.title.strip():
        wrong.append(_("Give the clause a title."))
    if not contents.text.strip():
        wrong.append(_("The clause has no text."))
    texts = [
        contents.text,
        contents.before,
        contents.after,
        *(one.get("text", "") for one in contents.variants),
    ]
    if any(len(text) > MOST_CHARACTERS for text in texts):
        wrong.append(_("A text is longer than %(most)d characters.") % {"most": MOST_CHARACTERS})
    if len(contents.variants) > MOST_VARIANTS:
        wrong.append(_("A clause takes at most %(most)d variants.") % {"most": MOST_VARIANTS})
    if contents.topic and contents.topic not in TOPICS:
        wrong.append(_("Parley reads no topic of this name."))
    if contents.standing != Standing.OTHER and not contents.topic:
        wrong.append(_("Name the topic on whose ladder the clause stands."))
    if bool(contents.before.strip()) != bool(contents.after.strip()):
        wrong.append(_("A redline example needs both what they wrote and what we make of it."))
    if contents.owner is not None and contents.owner.organisation_id != organisation.pk:
        wrong.append(_("The owner is no colleague of yours."))
    if wrong:
        raise ValidationError(wrong)


def _head(contents: Contents) -> dict[str, Any]:
    texts = [
        contents.title,
        contents.text,
        *(one.get("text", "") for one in contents.variants),
        contents.policy,
    ]
    return {
        "title": contents.title.strip()[:200],
        "clause_type": contents.clause_type,
        "topic": contents.topic,
        "standing": contents.standing,
        "rank": max(1, min(contents.rank, MOST_FALLBACKS)),
        "side": contents.side,
        "policy": contents.policy.strip()[:300],
        "owner": contents.owner,
        "review_on": contents.review_on,
        "words": "\n".join(text.strip() for text in texts if text.strip()),
    }


def _version(clause: LibraryClause, number: int, contents: Contents, by: Membership | None) -> None:
    LibraryClauseVersion.objects.create(
        organisation=clause.organisation,
        clause=clause,
        number=number,
        text=contents.text.strip(),
        variants=[dict(one) for one in contents.variants if one.get("text", "").strip()],
        before=contents.before.strip(),
        after=contents.after.strip(),
        guidance=contents.guidance.strip(),
        source=contents.source.strip()[:300],
        note=contents.note.strip()[:300],
        made_by=by,
    )


def _not_retired(clause: LibraryClause) -> None:
    if clause.retired_at is not None:
        raise Conflict(_("This clause is retired. Bring it back first."))


def _record(clause: LibraryClause, by: Membership | None, action: str, **more: object) -> None:
    audit.record(organisation=clause.organisation, by=by, action=action, target=clause, payload=dict(more))
