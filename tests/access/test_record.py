"""Whatever changes a row leaves an entry in the audit chain, in the same request; the chain stays whole."""

import re
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from accounts.services import audit
from tests.access.table import ROUTES, Answer, expected
from tests.access.test_garbage import FORMSET, insider
from tests.access.world import World, answer_of
from tests.builders import PASSWORD

pytestmark = pytest.mark.django_db

WRITE = re.compile(r'^\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) "?(\w+)')
BESIDE = ("django_session", "axes_", "accounts_audithead", "accounts_auditpersonal", "accounts_auditentry")
"""Sessions and the lock-out keep their own books; the chain does not record itself."""
QUIET_GETS = {
    "negotiation:send": "makes the empty draft that the page's version counter belongs to",
}

FORMS: dict[str, list[dict[str, str]]] = {
    "accounts:profile": [{"name": "Alice", "zone": "Europe/Paris", "language": "en"}],
    "accounts:settings": [
        {
            "version": "1",
            "name": "Northgate",
            "zone": "Europe/Paris",
            "language": "en",
            "currency": "EUR",
            "change_author": "person",
            "reminder_days": "30,7",
        }
    ],
    "accounts:people": [
        {"name": "New", "email": "new@northgate.example", "roles": "legal", "password": "a long first phrase"}
    ],
    "accounts:change_person": [{"roles": "legal", "is_active": "on", "version": "1"}],
    "accounts:password": [
        {
            "old_password": PASSWORD,
            "new_password1": "another long phrase",
            "new_password2": "another long phrase",
        }
    ],
    "accounts:give_password": [{}],
    "accounts:add_team": [{"name": "Tax", "code": "tax"}],
    "accounts:change_team": [{"name": "Lawyers", "version": "1"}],
    "accounts:archive_team": [{"version": "1"}],
    "accounts:tokens": [{"name": "Reports", "is_read_only": "on"}],
    "accounts:revoke_token": [{}],
    "negotiation:new": [
        {"title": "New", "counterparty": "Quay", "kind": "distributive", "currency": "EUR", "value_minor": ""}
    ],
    "negotiation:change": [
        {"title": "Other", "counterparty": "Quay", "kind": "team", "currency": "EUR", "version": "1"}
    ],
    "negotiation:stage": [{"target": "drafting", "reason": "We go on.", "version": "1"}],
    "negotiation:add_contract": [{"title": "Annex", "paper": "theirs", "our_role": "customer"}],
    "negotiation:retry": [{}],
    "negotiation:withdraw_version": [{}],
    "negotiation:comment": [{"text": "Ask them.", "audience": "internal"}],
    "negotiation:reply": [{"text": "They said yes."}],
    "negotiation:resolve_comment": [{}],
    "negotiation:set_aside": [{"version": "1"}],
    "negotiation:decide_finding": [
        {"decision": one, "reason": "Because.", "text": "New words.", "version": "1"}
        for one in ("reserve", "concede", "dismiss", "edit", "ask")
    ],
    "negotiation:decide_change": [
        {"decision": "accept", "reason": "Because.", "version": "1"},
    ],
    "negotiation:withdraw_change": [{"version": "1"}],
    "negotiation:edit_clause": [{"text-0": "Quite other words.", "reason": "Clearer.", "version": "1"}],
    "approvals:matrix": [{"risk": "high", "who": ""}],
    "approvals:archive_line": [{"version": "1"}],
    "approvals:decide": [
        {"decision": one, "condition": "If capped.", "reason": "Because.", "version": "1"}
        for one in ("approve", "approve_with_condition", "reject", "ask")
    ],
    "signing:void": [{"reason": "A mistake.", "version": "1"}],
    "signing:send_again": [{}],
    "obligations:new": [{"title": "Send report", "bearer": "ours", "due_on": "2027-05-01"}],
    "obligations:feed": [{}],
    "obligations:revoke_feed": [{}],
    "obligations:change": [{"version": "1", "owner": "", "due_on": "2027-06-01"}],
    "obligations:record": [{"version": "1", "outcome": "fulfilled", "evidence": "Done."}],
    "obligations:reopen": [{"version": "1"}],
    "obligations:remind": [{}],
    "playbooks:publish": [{}],
    "playbooks:discard": [{}],
    "playbooks:install": [{}],
    "playbooks:tables_columns": [
        {
            "version": "1",
            "title": "Rules",
            "use-0": "on",
            "header-0": "1",
            "role-0-0": "issue",
            "role-0-1": "preferred",
        }
    ],
    "playbooks:tables_row": [{"version": "1", "title": "Payment", "use": "leave"}],
    "playbooks:tables_sure": [{"version": "1"}],
    "playbooks:tables_draft": [{"version": "1"}],
    "playbooks:tables_aside": [{"version": "1"}],
    "playbooks:library_new": [{"title": "T", "text": "Text.", "clause_type": "payment", "standing": "other"}],
    "playbooks:library_edit": [
        {"version": "1", "title": "T", "text": "Text.", "clause_type": "payment", "standing": "other"}
    ],
    "playbooks:library_retire": [{"version": "1"}],
    "playbooks:library_bring_back": [{"version": "1"}],
    "analytics:stop": [{}],
    "language_models:dismiss": [{"version": "1"}],
    "signing_guest:decline": [{"reason": "Not ours.", "version": "1"}],
    "api:approval-decide": [{"outcome": "approved", "version": "1"}],
}
CHANGING = set(FORMS) - {
    "negotiation:withdraw_version",
    "approvals:matrix",
    "obligations:new",
    "negotiation:add_contract",
    "playbooks:install",
}
"""Of these every form that is tried must really change something; the others depend on chosen rows."""


def written(queries: CaptureQueriesContext) -> set[str]:
    tables = {found[1] for one in queries.captured_queries if (found := WRITE.match(one["sql"]))}
    return {table for table in tables if not table.startswith(BESIDE)}


def entries() -> int:
    return AuditEntry.objects.count()


def changed(world: World, name: str, method: str, form: dict[str, str]) -> tuple[set[str], int, object]:
    """Tables written, entries made, and the answer of one request, which is then undone."""
    who = "operations" if name == "obligations:revoke_feed" else insider(name, method)
    with transaction.atomic():
        before = entries()
        with CaptureQueriesContext(connection) as queries:
            response = world.ask(
                who,
                method,
                world.address(name, who),
                **(
                    {"data": urlencode(form).encode(), "content_type": "application/x-www-form-urlencoded"}
                    if ROUTES[name].door != "api"
                    else {"data": _json(form), "content_type": "application/json"}
                )
                if method == "POST"
                else {},
            )
        made = entries() - before
        if made:
            assert audit.verify_chain(world.members["admin"].organisation).is_whole, name
        transaction.set_rollback(True)
    return written(queries), made, response


def _json(form: dict[str, str]) -> bytes:
    import json

    return json.dumps(form).encode()


@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if "POST" in route.methods])
def test_a_post_that_changes_rows_is_recorded(world: World, name: str):
    if ROUTES[name].quiet:
        return
    for form in FORMS.get(name, [{}, FORMSET]):
        tables, made, response = changed(world, name, "POST", form)
        assert answer_of(response) in (Answer.REACHED, Answer.SIGN_IN), (form, response)
        assert made or not tables, f"{name} wrote {sorted(tables)} and recorded nothing"
        if name in CHANGING:
            assert made, f"{name} {form} changed nothing, so this test says nothing"
            assert tables, name


@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if route.quiet])
def test_what_is_quiet_says_why_and_records_nothing(world: World, name: str):
    _tables, made, _response = changed(world, name, "POST", {})
    assert made == 0


def test_reading_changes_nothing(world: World):
    for name, route in ROUTES.items():
        if "GET" not in route.methods:
            continue
        tables, made, _response = changed(world, name, "GET", {})
        assert made or not tables or name in QUIET_GETS, f"GET {name} wrote {sorted(tables)}"


def test_the_person_who_may_not_leaves_no_trace(world: World):
    """Refused requests write nothing at all."""
    for name, route in ROUTES.items():
        if "POST" not in route.methods or route.door == "open":
            continue
        for who in ("read_only", "auditor", "business_elsewhere", "other_admin"):
            if expected(route, "POST", who) not in (Answer.FORBIDDEN, Answer.HIDDEN):
                continue
            form = FORMS.get(name, [{}])[0]
            with transaction.atomic():
                before = entries()
                with CaptureQueriesContext(connection) as queries:
                    world.ask(
                        who,
                        "POST",
                        world.address(name, who),
                        data=urlencode(form).encode(),
                        content_type="application/x-www-form-urlencoded",
                    )
                assert written(queries) == set(), (name, who)
                assert entries() == before
                transaction.set_rollback(True)
