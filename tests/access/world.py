"""Two organisations full of rows, everybody who may knock, and canaries in every text.

Built once for the whole table. `CANARY-OTHER` stands in all texts of the other organisation, `CANARY-DEAL` in
the texts of our deal, `CANARY-ELSEWHERE` in those of our other deal, `CANARY-INSIDE` in what never leaves us.
"""

import re
import uuid
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Guest, Membership, Notification, Role
from accounts.services import people
from accounts.services.notifications import notify
from analytics.models import Run, RunItem, RunKind
from approvals.models import MatrixRow
from integrations.language_models.models import Suggestion
from negotiation.models import (
    Change,
    Comment,
    Contract,
    DealMember,
    Draft,
    Finding,
    Trade,
    UncoveredClause,
    Version,
    VersionState,
)
from negotiation.models.contracts import ContractState
from negotiation.services import deals
from obligations.models import Fulfilment
from obligations.services import feeds
from playbooks.importing.plan import Book, Plan
from playbooks.importing.proposing import propose
from playbooks.importing.tables import Table
from playbooks.models import LibraryClause, PlaybookVersion, TableImport
from signing.models import Envelope, EnvelopeState, Signer, SignerState
from signing.services.invitations import token_of
from tests import deals as rows
from tests.access.table import ROUTES, Answer
from tests.builders import People, member

OTHER, DEAL, ELSEWHERE, INSIDE = "CANARY-OTHER", "CANARY-DEAL", "CANARY-ELSEWHERE", "CANARY-INSIDE"
ROOMS = (
    "accounts",
    "playbooks",
    "negotiation",
    "approvals",
    "obligations",
    "signing",
    "language_models",
    "analytics",
)
NO_TEXT = re.compile(
    "hash|sha256|digest|uuid|slug|code|state|kind|action|zone|language|currency|password|key|address|part|block|"
    "style|severity|rung|issue|origin|source|engine_id|media_type|url|law|number|claimed_at|status|label|risk"
)
UNKNOWN_TOKEN = "0" * 64


@dataclass
class World:
    """Object kinds of the table → their public ids, for our deal and for the other organisation."""

    ours: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)
    members: dict[str, Membership] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)  # person → session key
    bearers: dict[str, str] = field(default_factory=dict)  # person → API token
    links: dict[str, dict[str, str]] = field(default_factory=dict)  # person → kind of link → its secret
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def address(self, name: str, person: str, objects: dict[str, str] | None = None) -> str:
        """The address of a route, with our deal's objects, or with the secret that this person holds."""
        takes = ROUTES[name].takes
        if not takes:
            return reverse(name)
        if ROUTES[name].door == "link":
            unknown = "nobody" if takes == "calendar address" else UNKNOWN_TOKEN
            return reverse(name, args=[self.links.get(person, {}).get(takes, unknown)])
        return reverse(name, args=[(objects or self.ours)[takes]])

    def ask(self, person: str, method: str, address: str, **more: object) -> HttpResponse:
        """One request as this person; cookies of the request before are gone."""
        self.client.cookies.clear()
        if person in self.sessions:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[person]
        if person in self.bearers:
            more["headers"] = {"Authorization": f"Bearer {self.bearers[person]}"}
        return self.client.generic(method, address, **more)  # type: ignore[arg-type]


def answer_of(response: HttpResponse) -> Answer | str:
    """The class of an answer; for anything that should never come, what it was."""
    status, goes_to = response.status_code, response.headers.get("Location", "")
    if 300 <= status < 400:
        return (
            Answer.SIGN_IN if goes_to.startswith(f"{reverse('accounts:sign_in')}?next=") else Answer.REACHED
        )
    if status in (401, 403, 404, 405):
        return Answer(str(status))
    return Answer.REACHED if status < 300 or status in (400, 409, 415, 422) else str(status)


def build() -> World:
    world = World()
    other_side = _people("Elsewhere Holdings")
    theirs = rows.table(other_side, title="Their NDA")
    world.theirs = _objects(theirs)
    _sow(OTHER)
    Notification.objects.update(params={"by": OTHER, "what": OTHER})
    ours = rows.table(_people("Northgate Analytics"))
    world.ours = _objects(ours)
    _sow(DEAL, rooms=("negotiation", "approvals", "obligations", "signing"))
    _inside(ours.contract)
    _members(world, ours, other_side)
    _links(world, ours)
    _sign_in(world)
    return world


def _people(name: str) -> People:
    organisation = people.create_organisation(name=name)
    alice = member(organisation, "alice", Role.LEGAL)
    admin = member(organisation, "adam", Role.ADMIN)
    dana = Guest.objects.create(
        organisation=organisation, name="Dana", email="dana@harbour.example", company="Harbour Cloud"
    )
    return People(organisation, organisation, alice, admin, admin, dana)


# --- Objects ----------------------------------------------------------------------------------------------


def _objects(at: rows.Table) -> dict[str, str]:
    """One of each kind that an address can name; a contract for each state that pages ask for."""
    who, contract = at.people, at.contract
    base = rows.ready_version(contract)
    at = replace(at, version=base)
    found = rows.finding(at)
    request = rows.asked(at, found=rows.finding(at, issue=_other_issue(at, found), clause_at=2))
    draft = Draft.objects.create(organisation=who.ours, contract=contract, base=base)
    theirs = _change(at, base, None, origin="tracked", kind="insert", engine_id="1", side_is_ours=False)
    edit = {
        "op": "replace",
        "block": base.blocks.get(position=0).address,
        "start": 0,
        "end": 3,
        "text": "Any",
    }
    ours = _change(at, base, draft, origin="draft", kind="replace", edits=[edit], side_is_ours=True)
    failed = Version.objects.create(
        organisation=who.ours,
        contract=contract,
        number=9,
        label=base.label,
        file=base.file,
        file_name="failed.docx",
        side=base.side,
        state=VersionState.FAILED,
        failure="It could not be read.",
    )
    comment = Comment.objects.create(
        organisation=who.ours,
        negotiation=at.negotiation,
        contract=contract,
        body="Ask them.",
        author=who.alice,
    )
    uncovered = UncoveredClause.objects.create(
        organisation=who.ours,
        version=base,
        position=99,
        block=base.blocks.get(position=0).address,
        start=0,
        end=3,
        quote="Any",
        hash="0" * 64,
        read_by=who.alice,
        read_at=timezone.now(),
    )
    trade = Trade.objects.create(
        organisation=who.ours,
        negotiation=at.negotiation,
        code="long_term",
        agreed_by=who.alice,
        agreed_at=timezone.now(),
    )
    line = MatrixRow.objects.create(organisation=who.ours, risk="high", person=at.carla)
    envelope = _envelope(at, EnvelopeState.OUT)
    obligation = rows.obligation(at, due_on=date(2027, 3, 1), owner=at.dara)
    fulfilled = rows.obligation(at, state="fulfilled")
    evidence = Fulfilment.objects.create(
        organisation=who.ours,
        obligation=fulfilled,
        outcome="fulfilled",
        file=base.file,
        file_name="report.docx",
        recorded_by=at.dara,
        recorded_at=timezone.now(),
    )
    token, _text = people.create_token(member=who.alice, name="Reports", is_read_only=True, by=who.alice)
    feeds.new_feed(member=at.dara)
    notify(members=[who.alice, at.carla], kind="turn.sent", url="/", by="Dana", what="Mutual NDA")
    playbook = contract.playbook_version.playbook
    next_one = PlaybookVersion.objects.create(
        organisation=who.ours, playbook=playbook, number=2, data=rows.shipped_data(), digest="d" * 64
    )
    running, finished = _run(at, RunKind.BULK), _run(at, RunKind.HISTORY)
    named = {
        "organisation": who.ours,
        "member": at.dara,
        "token": token,
        "team": at.dara.teams.get(),  # nothing waits for it
        "negotiation": at.negotiation,
        "contract": contract,
        "version": at.version,
        "failed version": failed,
        "finding": found,
        "change of theirs": theirs,
        "change of ours": ours,
        "clause": base.clause_texts.get(position=1).clause,
        "comment": comment,
        "uncovered clause": uncovered,
        "trade": trade,
        "matrix line": line,
        "approval request": request,
        "agreed contract": _agreed(at),
        "envelope": envelope,
        "completed envelope": _envelope(at, EnvelopeState.COMPLETED),
        "signer": envelope.signers.get(member=None),
        "obligation": obligation,
        "fulfilled obligation": fulfilled,
        "evidence": evidence,
        "playbook": playbook,
        "playbook version": contract.playbook_version,
        "playbook draft": next_one,
        "imported tables": _tables(who.alice),
        "library clause": _clause(who.alice),
        "retired library clause": _clause(who.alice, retired_at=timezone.now()),
        "run": running,
        "run item": running.items.get(position=0),
        "finished run": finished,
        "suggestion": _suggestion(found, who.alice),
    }
    # Packs come with Parley and belong to nobody.
    return {kind: str(row.uuid) for kind, row in named.items()} | {"pack": "nda", "overlay": "technology"}


def _tables(by: Membership) -> TableImport:
    """An import with one row that is taken."""
    table = Table("Table 1", (("Issue", "Preferred"), ("Payment period", "30 days")))
    book = Book((table,), Plan.first([table], "rules.docx"), {})
    decision = propose(book.rows[0], side="both").decision
    return TableImport.objects.create(
        organisation=by.organisation,
        file_name="rules.docx",
        sha256="0" * 64,
        size=1,
        tables=[table.to_data()],
        plan=book.plan.to_data(),
        decisions={book.rows[0].key: decision.to_data()},
        brought_by=by,
    )


def _clause(by: Membership, **more: object) -> LibraryClause:
    text = "The Customer shall pay each invoice within thirty (30) days of receipt."
    clause = LibraryClause.objects.create(
        organisation=by.organisation, title="Payment", clause_type="payment", words=text, **more
    )
    clause.versions.create(organisation=by.organisation, number=1, text=text, made_by=by)
    return clause


def _suggestion(found: Finding, by: Membership) -> Suggestion:
    return Suggestion.objects.create(
        organisation=by.organisation,
        kind="wording",
        state="ready",
        contract=found.contract,
        finding=found,
        source="Confidentiality",
        text="Confidentiality",
        model="a model",
        asked_by=by,
    )


def _run(at: rows.Table, kind: str) -> Run:
    """A run over the contract: one that still goes on, or a finished one."""
    going = kind == RunKind.BULK
    version = at.contract.playbook_version
    run = Run.objects.create(
        organisation=at.people.ours,
        kind=kind,
        title="Past contracts",
        playbook_version=version,
        rules=rows.shipped_data(),
        rules_digest=version.digest,
        started_by=at.people.alice,
        total=2 if going else 1,
        done=1,
        finished_at=None if going else timezone.now(),
    )
    told = {"stood": [], "elsewhere": [], "risk_score": 0, "risk_level": "low"}
    for position in range(run.total):
        ready = position == 0
        RunItem.objects.create(
            organisation=at.people.ours,
            run=run,
            position=position,
            title=at.contract.title,
            contract=at.contract,
            version=at.version,
            state="ready" if ready else "waiting",
            risk_level="low" if ready else "",
            outcome=told if ready else None,
        )
    return run


def _other_issue(at: rows.Table, found: Finding) -> str:
    issues = rows.rules_of(at.contract).issues
    return next(one.code for one in issues if one.code != found.issue and any(not r.free for r in one.rungs))


def _change(
    at: rows.Table, base: Version, draft: Draft | None, *, side_is_ours: bool, **fields: object
) -> Change:
    return Change.objects.create(
        organisation=at.contract.organisation,
        contract=at.contract,
        version_seen=base,
        draft=draft,
        side=at.negotiation.our_side() if side_is_ours else at.negotiation.their_side(),
        block=base.blocks.get(position=0).address,
        before="Con",
        after="Any",
        **fields,
    )


def _more(at: rows.Table, title: str) -> rows.Table:
    """One more contract of the deal, read."""
    contract = deals.add_contract(
        negotiation=at.negotiation,
        title=title,
        paper="theirs",
        by=at.people.alice,
        playbook_version=at.contract.playbook_version,
    )
    return replace(at, contract=contract, version=rows.ready_version(contract))


def _agreed(at: rows.Table) -> Contract:
    ready = _more(at, "Agreed")
    rows.agreed(ready)
    _envelope(ready, EnvelopeState.VOIDED, new=False)
    return ready.contract


def _envelope(at: rows.Table, state: str, *, new: bool = True) -> Envelope:
    """An envelope with a signer of each side, as rows."""
    here = _more(at, f"Contract {state}") if new else at
    version = rows.agreed(here) if new else here.version
    completed = state == EnvelopeState.COMPLETED
    if new:
        Contract.objects.filter(pk=here.contract.pk).update(
            state=ContractState.EXECUTED if completed else ContractState.SIGNING
        )
    now = timezone.now()
    envelope = Envelope.objects.create(
        organisation=at.people.ours,
        contract=here.contract,
        contract_version=version,
        file=version.file,
        document_sha256=version.file.sha256,
        consent_text="I agree.",
        state=state,
        started_by=at.people.alice,
        sent_at=now,
        completed_at=now if completed else None,
    )
    for name, colleague, side in (
        ("Alice", at.people.alice, at.negotiation.our_side()),
        ("Dana", None, at.negotiation.their_side()),
    ):
        made = uuid.uuid4()
        Signer.objects.create(
            uuid=made,
            organisation=at.people.ours,
            envelope=envelope,
            side=side,
            member=colleague,
            guest=None if colleague else at.people.dana,
            name=name,
            email=f"{name.lower()}@signers.example",
            token_hash=people.hash_token(token_of(made)),
            expires_at=now + timedelta(days=30),
            state=SignerState.SIGNED if completed else SignerState.WAITING,
            signed_at=now if completed else None,
        )
    return envelope


# --- Canaries ---------------------------------------------------------------------------------------------


def _sow(canary: str, rooms: tuple[str, ...] = ROOMS) -> None:
    """Put the canary into every free text of every row that carries none yet."""
    for room in rooms:
        for model in apps.get_app_config(room).get_models():
            if model.__name__.startswith(("Audit", "Api")):
                continue
            for column in model._meta.concrete_fields:
                if not _is_text(column):
                    continue
                fresh = model._default_manager.exclude(**{f"{column.name}__contains": "CANARY-"})
                fresh.update(**{column.name: Concat(F(column.name), Value(f" {canary}"))})


def _is_text(column: models.Field) -> bool:
    if not isinstance(column, models.CharField | models.TextField) or isinstance(column, models.EmailField):
        return False
    roomy = column.max_length is None or column.max_length >= 120
    # The document's own words stay those of the stored bytes.
    in_bytes = column.model.__name__ in ("Block", "ClauseText") or (
        column.model is Version and column.name in ("text", "file_name")
    )
    return roomy and not column.choices and not NO_TEXT.search(column.name) and not in_bytes


def _inside(contract: Contract) -> None:
    """What no guest may ever read."""
    Finding.objects.filter(contract=contract).update(guidance=INSIDE, decision_reason=INSIDE)
    Comment.objects.filter(negotiation=contract.negotiation).update(body=f"{INSIDE} {DEAL}")


# --- People and keys --------------------------------------------------------------------------------------


def _members(world: World, ours: rows.Table, other_side: People) -> None:
    organisation = ours.people.ours
    world.members = {
        "admin": ours.people.bob,
        "legal": ours.people.alice,
        "business": member(organisation, "bea", Role.BUSINESS),
        "business_elsewhere": member(organisation, "bert", Role.BUSINESS),
        "approver": ours.ines,
        "operations": ours.dara,
        "auditor": member(organisation, "audrey", Role.AUDITOR),
        "read_only": member(organisation, "rita", Role.READ_ONLY),
        "other_admin": other_side.bob,
        "deactivated": member(organisation, "gone", Role.LEGAL, Role.ADMIN),
    }
    DealMember.objects.create(
        organisation=organisation, negotiation=ours.negotiation, member=world.members["business"]
    )
    both = member(organisation, "toni", Role.LEGAL, Role.APPROVER)
    for person, is_read_only in (("token_reading", True), ("token_writing", False), ("token_revoked", False)):
        token, text = people.create_token(member=both, name=person, is_read_only=is_read_only, by=both)
        world.bearers[person] = text
        if person == "token_revoked":
            people.revoke_token(token=token, by=both)


def _links(world: World, ours: rows.Table) -> None:
    """Links of our deal, of another deal, of an expired and of a stopped signing; two calendar addresses."""
    elsewhere = _second_deal(ours)
    out, done = _envelope(elsewhere, EnvelopeState.OUT), _envelope(elsewhere, EnvelopeState.COMPLETED)
    old = _envelope(elsewhere, EnvelopeState.OUT)
    _sow(ELSEWHERE, rooms=("negotiation", "signing"))
    old.signers.update(expires_at=timezone.now() - timedelta(minutes=1))
    stopped = Envelope.objects.get(organisation=ours.people.ours, state=EnvelopeState.VOIDED)
    both = ("signer's link", "signer's link, completed")
    here = Envelope.objects.filter(uuid__in=[world.ours["envelope"], world.ours["completed envelope"]])
    world.links = {
        "guest": dict(
            zip(both, (_secret(here.get(state="out")), _secret(here.get(state="completed"))), strict=True)
        ),
        "guest_elsewhere": dict(zip(both, (_secret(out), _secret(done)), strict=True)),
        "guest_expired": dict.fromkeys(both, _secret(old)),
        "guest_voided": dict.fromkeys(both, _secret(stopped)),
    }
    _feed, secret = feeds.new_feed(member=ours.dara)
    world.links["feed"] = {"calendar address": secret}
    _feed, secret = feeds.new_feed(member=ours.people.alice)
    feeds.revoke_feed(member=ours.people.alice)
    world.links["feed_revoked"] = {"calendar address": secret}
    # Somebody may hand a link's secret to the API, too.
    world.bearers |= {person: next(iter(secrets.values())) for person, secrets in world.links.items()}


def _second_deal(ours: rows.Table) -> rows.Table:
    who = ours.people
    negotiation = deals.open_negotiation(title="Lease", counterparty_name="Quay Estates", by=who.alice)
    contract = deals.add_contract(negotiation=negotiation, title="Office lease", paper="theirs", by=who.alice)
    return replace(ours, negotiation=negotiation, contract=contract, version=rows.ready_version(contract))


def _secret(envelope: Envelope) -> str:
    return token_of(envelope.signers.get(member=None).uuid)


def _sign_in(world: World) -> None:
    for person, who in world.members.items():
        world.client.cookies.clear()
        world.client.force_login(who.user)
        world.sessions[person] = world.client.cookies[settings.SESSION_COOKIE_NAME].value
    gone = world.members["deactivated"]
    gone.refresh_from_db()
    people.change_member(
        member=gone, roles=gone.roles, is_active=False, seen=gone.version, by=world.members["admin"]
    )
