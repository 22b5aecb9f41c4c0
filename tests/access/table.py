"""Every address of Parley, every method, every person: who may come in, and what the others are told.

The table is data; `expected` is the one rule that reads it. `test_matrix.py` tries every cell, and
`python -m tests.access.table --write` makes `docs/access.md` out of the same rows.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[2] / "docs" / "access.md"
METHODS = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")


class Answer(StrEnum):
    """What a request is told. `REACHED`: the code behind the door answered, be it «this form is empty»."""

    REACHED = "reached"
    FORBIDDEN = "403"
    HIDDEN = "404"
    SIGN_IN = "sign-in"
    UNKNOWN = "401"
    NO_METHOD = "405"


# --- Persons ----------------------------------------------------------------------------------------------

COLLEAGUES = {
    "admin": "administrator",
    "legal": "legal; leads the deal",
    "business": "business, on the deal's team",
    "business_elsewhere": "business, not on the deal's team",
    "approver": "approver, in the team that is asked",
    "operations": "operations",
    "auditor": "auditor",
    "read_only": "read-only colleague",
}
STRANGERS = {
    "other_admin": "administrator of another organisation",
    "deactivated": "colleague whose membership was ended while signed in",
    "anonymous": "nobody signed in",
}
TOKENS = {
    "token_reading": "API token that may only read (of a person in legal and approver)",
    "token_writing": "API token that may write (of the same person)",
    "token_revoked": "revoked API token",
}
LINKS = {
    "guest": "signer's link of this deal",
    "guest_elsewhere": "signer's link of another deal",
    "guest_expired": "expired signer's link",
    "guest_voided": "link of a signing that was stopped",
    "feed": "calendar address",
    "feed_revoked": "revoked calendar address",
}
PERSONS = {**COLLEAGUES, **STRANGERS, **TOKENS, **LINKS}
SESSIONS = (*COLLEAGUES, "other_admin")  # who is really signed in
API_TOKENS = ("token_reading", "token_writing")

# --- Groups, by the names a reader of the table knows -----------------------------------------------------

VIEWERS = frozenset(COLLEAGUES)
COMMENTERS = VIEWERS - {"auditor", "read_only"}
REQUESTERS = frozenset({"admin", "legal", "business", "business_elsewhere"})
EDITORS = frozenset({"admin", "legal"})
SIGNING_STARTERS = EDITORS
PLAYBOOK_WRITERS = EDITORS
APPROVERS = frozenset({"approver"})
OPERATORS = frozenset({"admin", "legal", "operations"})
ANALYSTS = frozenset({"admin", "legal", "operations"})
AUDITORS = frozenset({"admin", "auditor"})
MANAGERS = frozenset({"admin"})
OWNER = frozenset({"legal"})  # the person whose token it is
API_VIEWERS = VIEWERS | frozenset(API_TOKENS)
API_APPROVERS = APPROVERS | {"token_writing"}
API_OPERATORS = OPERATORS | {"token_writing"}
API_EDITORS = EDITORS | {"token_writing"}
API_REQUESTERS = REQUESTERS | {"token_writing"}
SIGNERS = frozenset({"guest", "guest_elsewhere"})
SIGNED = frozenset({"guest", "guest_elsewhere"})
FEED = frozenset({"feed"})
EVERYBODY = frozenset(PERSONS)

GROUP_NAMES = {
    VIEWERS: "every colleague",
    COMMENTERS: "every colleague but auditors and read-only",
    REQUESTERS: "administrators, legal, business",
    EDITORS: "administrators, legal",
    APPROVERS: "approvers",
    OPERATORS: "administrators, legal, operations",
    AUDITORS: "administrators, auditors",
    MANAGERS: "administrators",
    OWNER: "only the person whose token it is",
    API_VIEWERS: "every colleague, and their tokens",
    API_APPROVERS: "approvers, and their writing tokens",
    API_OPERATORS: "administrators, legal, operations, and their writing tokens",
    API_EDITORS: "administrators, legal, and their writing tokens",
    API_REQUESTERS: "administrators, legal, business, and their writing tokens",
    SIGNERS: "whoever holds a living signer's link, for the document of that link",
    FEED: "whoever holds a living calendar address",
    EVERYBODY: "everybody",
}


# --- Routes -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Route:
    """One row. `takes` is the object its address names; `seen` says to whom that object exists at all.

    `door`: page (session; others are sent to sign in), api (session or token; others get 401), link (the
    secret in the address is the credential), open. `quiet`: why a POST leaves no audit entry.
    """

    methods: dict[str, frozenset[str]]
    takes: str = ""
    seen: str = ""
    door: str = "page"
    quiet: str = field(default="", compare=False)


def page(takes: str = "", *, seen: str = "", quiet: str = "", **methods: frozenset[str]) -> Route:
    return Route(methods, takes, seen or ("deal" if takes else ""), quiet=quiet)


def api(takes: str = "", *, GET: frozenset[str] | None = None, POST: frozenset[str] | None = None) -> Route:
    """DRF answers HEAD where it answers GET, and OPTIONS everywhere."""
    methods = {"OPTIONS": API_VIEWERS}
    if GET is not None:
        methods |= {"GET": GET, "HEAD": GET}
    if POST is not None:
        methods["POST"] = POST
    return Route(methods, takes, "deal" if takes else "", "api")


def link(takes: str, **methods: frozenset[str]) -> Route:
    return Route(methods, takes, door="link")


def open_to_all(*names: str) -> Route:
    return Route(dict.fromkeys(names, EVERYBODY), door="open")


ROUTES: dict[str, Route] = {
    "home": page(GET=VIEWERS),
    "search": page(GET=VIEWERS),
    "livez": open_to_all("GET"),
    "readyz": open_to_all("GET"),
    "schema": api(GET=API_VIEWERS),
    "api_docs": page(GET=VIEWERS),
    "accounts:sign_in": open_to_all("GET", "HEAD", "POST"),
    "accounts:sign_out": open_to_all("POST", "OPTIONS"),
    "accounts:profile": page(GET=VIEWERS, POST=VIEWERS),
    "accounts:password": page(GET=VIEWERS, POST=VIEWERS),
    "accounts:switch_organisation": page(
        "organisation", seen="organisation", POST=VIEWERS, quiet="only this session changes"
    ),
    "accounts:read_notifications": page(POST=VIEWERS, quiet="a mark in one's own list"),
    "accounts:settings": page(GET=MANAGERS, POST=MANAGERS),
    "accounts:people": page(GET=MANAGERS, POST=MANAGERS),
    "accounts:change_person": page("member", seen="organisation", POST=MANAGERS),
    "accounts:give_password": page("member", seen="organisation", POST=MANAGERS),
    "accounts:add_team": page(POST=MANAGERS),
    "accounts:change_team": page("team", seen="organisation", POST=MANAGERS),
    "accounts:archive_team": page("team", seen="organisation", POST=MANAGERS),
    "accounts:tokens": page(GET=VIEWERS, POST=VIEWERS),
    "accounts:revoke_token": page("token", seen="owner", POST=OWNER),
    "accounts:audit": page(GET=AUDITORS),
    "accounts:verify_audit": page(POST=AUDITORS, quiet="nothing changes"),
    "negotiation:list": page(GET=VIEWERS),
    "negotiation:new": page(GET=REQUESTERS, POST=REQUESTERS),
    "negotiation:detail": page("negotiation", GET=VIEWERS),
    "negotiation:change": page("negotiation", GET=REQUESTERS, POST=REQUESTERS),
    "negotiation:stage": page("negotiation", POST=EDITORS),
    "negotiation:checklist": page("negotiation", GET=VIEWERS, POST=COMMENTERS),
    "negotiation:add_contract": page("negotiation", GET=REQUESTERS, POST=REQUESTERS),
    "negotiation:contract": page("contract", GET=VIEWERS),
    "negotiation:upload": page("contract", GET=REQUESTERS, POST=REQUESTERS),
    "negotiation:comment": page("contract", POST=COMMENTERS),
    "negotiation:set_aside": page("contract", POST=EDITORS),
    "negotiation:read_clauses": page("contract", POST=EDITORS),
    "negotiation:unread_clause": page("uncovered clause", POST=EDITORS),
    "negotiation:agree_trade": page("negotiation", POST=EDITORS),
    "negotiation:drop_trade": page("trade", POST=EDITORS),
    "negotiation:send": page("contract", GET=EDITORS, POST=EDITORS),
    "negotiation:agree": page("contract", GET=EDITORS, POST=EDITORS),
    "negotiation:upgrade": page("contract", GET=EDITORS, POST=EDITORS),
    "negotiation:reading": page("contract", GET=VIEWERS),
    "negotiation:compare": page("contract", GET=VIEWERS),
    "negotiation:compare_download": page("contract", GET=VIEWERS),
    "negotiation:progress": page("version", GET=VIEWERS),
    "negotiation:withdraw_version": page("version", POST=REQUESTERS),
    "negotiation:retry": page("failed version", POST=REQUESTERS),
    "negotiation:download": page("version", GET=VIEWERS),
    "negotiation:decide_finding": page("finding", POST=EDITORS),
    "negotiation:decide_change": page("change of theirs", POST=EDITORS),
    "negotiation:withdraw_change": page("change of ours", POST=EDITORS),
    "negotiation:edit_clause": page("clause", GET=EDITORS, POST=EDITORS),
    "negotiation:reply": page("comment", POST=COMMENTERS),
    "negotiation:resolve_comment": page("comment", POST=COMMENTERS),
    "approvals:queue": page(GET=VIEWERS),
    "approvals:matrix": page(GET=VIEWERS, POST=PLAYBOOK_WRITERS),
    "approvals:archive_line": page("matrix line", seen="organisation", POST=PLAYBOOK_WRITERS),
    "approvals:detail": page("approval request", GET=VIEWERS),
    "approvals:decide": page("approval request", POST=APPROVERS),
    "signing:start": page("agreed contract", GET=SIGNING_STARTERS, POST=SIGNING_STARTERS),
    "signing:detail": page("envelope", GET=VIEWERS),
    "signing:file": page("envelope", GET=VIEWERS),
    "signing:certificate": page("completed envelope", GET=VIEWERS),
    "signing:certificate_json": page("completed envelope", GET=VIEWERS),
    "signing:void": page("envelope", POST=SIGNING_STARTERS),
    "signing:send_again": page("signer", POST=SIGNING_STARTERS),
    "obligations:home": page(GET=VIEWERS),
    "obligations:export": page(GET=VIEWERS),
    "obligations:new": page(GET=OPERATORS, POST=OPERATORS),
    "obligations:feed": page(GET=VIEWERS, POST=VIEWERS),
    "obligations:revoke_feed": page(POST=VIEWERS),
    "obligations:detail": page("obligation", GET=VIEWERS),
    "obligations:change": page("obligation", POST=OPERATORS),
    "obligations:record": page("obligation", POST=OPERATORS),
    "obligations:evidence": page("evidence", GET=VIEWERS),
    "obligations:reopen": page("fulfilled obligation", POST=OPERATORS),
    "obligations:remind": page("obligation", POST=OPERATORS),
    "playbooks:list": page(GET=VIEWERS),
    "playbooks:import": page(GET=PLAYBOOK_WRITERS, POST=PLAYBOOK_WRITERS),
    "playbooks:install": page(POST=PLAYBOOK_WRITERS),
    "playbooks:detail": page("playbook", seen="organisation", GET=VIEWERS),
    "playbooks:version": page("playbook version", seen="organisation", GET=VIEWERS),
    "playbooks:export": page("playbook version", seen="organisation", GET=VIEWERS),
    "playbooks:discard": page("playbook draft", seen="organisation", POST=PLAYBOOK_WRITERS),
    "playbooks:publish": page("playbook draft", seen="organisation", POST=PLAYBOOK_WRITERS),
    "playbooks:tables": page(GET=PLAYBOOK_WRITERS, POST=PLAYBOOK_WRITERS),
    "playbooks:tables_template": page(GET=PLAYBOOK_WRITERS, POST=PLAYBOOK_WRITERS),
    **{
        f"playbooks:tables_{name}": page("imported tables", seen="organisation", **methods)
        for name, methods in {
            "rows": {"GET": PLAYBOOK_WRITERS},
            "columns": {"GET": PLAYBOOK_WRITERS, "POST": PLAYBOOK_WRITERS},
            "row": {"GET": PLAYBOOK_WRITERS, "POST": PLAYBOOK_WRITERS},
            "sure": {"POST": PLAYBOOK_WRITERS},
            "draft": {"POST": PLAYBOOK_WRITERS},
            "aside": {"POST": PLAYBOOK_WRITERS},
        }.items()
    },
    "playbooks:library": page(GET=VIEWERS),
    "playbooks:library_new": page(GET=PLAYBOOK_WRITERS, POST=PLAYBOOK_WRITERS),
    "playbooks:library_playbook": page(GET=PLAYBOOK_WRITERS, POST=PLAYBOOK_WRITERS),
    "playbooks:library_clause": page("library clause", seen="organisation", GET=VIEWERS),
    "playbooks:library_edit": page(
        "library clause", seen="organisation", GET=PLAYBOOK_WRITERS, POST=PLAYBOOK_WRITERS
    ),
    "playbooks:library_retire": page("library clause", seen="organisation", POST=PLAYBOOK_WRITERS),
    "playbooks:library_bring_back": page(
        "retired library clause", seen="organisation", POST=PLAYBOOK_WRITERS
    ),
    "playbooks:library_use": page("library clause", seen="organisation", POST=PLAYBOOK_WRITERS),
    "playbooks:new": page(GET=PLAYBOOK_WRITERS, POST=PLAYBOOK_WRITERS),
    "playbooks:edit": page("playbook", seen="organisation", POST=PLAYBOOK_WRITERS),
    "playbooks:archive": page("playbook", seen="organisation", POST=PLAYBOOK_WRITERS),
    "playbooks:draft": page("playbook draft", seen="organisation", GET=PLAYBOOK_WRITERS),
    "playbooks:settings": page(
        "playbook draft", seen="organisation", GET=PLAYBOOK_WRITERS, POST=PLAYBOOK_WRITERS
    ),
    "playbooks:arrange": page("playbook draft", seen="organisation", POST=PLAYBOOK_WRITERS),
    "playbooks:add_issue": page(
        "playbook draft", seen="organisation", GET=PLAYBOOK_WRITERS, POST=PLAYBOOK_WRITERS
    ),
    "playbooks:edit_issue": page(
        "playbook draft", seen="organisation", GET=PLAYBOOK_WRITERS, POST=PLAYBOOK_WRITERS
    ),
    "playbooks:edit_rung": page(
        "playbook draft", seen="organisation", GET=PLAYBOOK_WRITERS, POST=PLAYBOOK_WRITERS
    ),
    "playbooks:difference": page("playbook version", seen="organisation", GET=VIEWERS),
    "playbooks:ask_review": page("playbook draft", seen="organisation", POST=PLAYBOOK_WRITERS),
    "playbooks:answer_review": page("playbook draft", seen="organisation", POST=PLAYBOOK_WRITERS),
    "playbooks:packs": page(GET=VIEWERS),
    "playbooks:pack": page("pack", seen="everybody", GET=VIEWERS),
    "playbooks:start_pack": page("pack", seen="everybody", POST=PLAYBOOK_WRITERS),
    "playbooks:overlay": page("overlay", seen="everybody", GET=VIEWERS),
    "playbooks:preview_overlay": page("overlay", seen="everybody", GET=VIEWERS),
    "playbooks:take_overlay": page("overlay", seen="everybody", POST=PLAYBOOK_WRITERS),
    "playbooks:restore": page("playbook version", seen="organisation", POST=PLAYBOOK_WRITERS),
    "playbooks:copy": page(
        "playbook version", seen="organisation", GET=PLAYBOOK_WRITERS, POST=PLAYBOOK_WRITERS
    ),
    "language_models:list": page(GET=VIEWERS),
    "language_models:ask": page("finding", POST=EDITORS),
    "language_models:rules": page(
        "playbook", seen="organisation", GET=PLAYBOOK_WRITERS, POST=PLAYBOOK_WRITERS
    ),
    "language_models:suggestion": page("suggestion", GET=VIEWERS),
    "language_models:use": page("suggestion", POST=EDITORS),
    "language_models:dismiss": page("suggestion", POST=EDITORS),
    "analytics:list": page(GET=ANALYSTS),
    "analytics:new_history": page(GET=ANALYSTS, POST=ANALYSTS),
    "analytics:new_backtest": page(GET=ANALYSTS, POST=ANALYSTS),
    "analytics:new_bulk": page(GET=ANALYSTS, POST=ANALYSTS),
    "analytics:run": page("run", seen="analysts", GET=ANALYSTS),
    "analytics:progress": page("run", seen="analysts", GET=ANALYSTS),
    "analytics:export": page("run", seen="analysts", GET=ANALYSTS),
    "analytics:stop": page("run", seen="analysts", POST=ANALYSTS),
    "analytics:accept": page("finished run", seen="analysts", POST=PLAYBOOK_WRITERS),
    "analytics:item": page("run item", seen="analysts", GET=ANALYSTS),
    "signing_guest:document": link("signer's link", GET=SIGNERS),
    "signing_guest:sign": link("signer's link", POST=SIGNERS),
    "signing_guest:decline": link("signer's link", POST=SIGNERS),
    "signing_guest:file": link("signer's link", GET=SIGNERS),
    "signing_guest:certificate": link("signer's link, completed", GET=SIGNED),
    "signing_guest:certificate_json": link("signer's link, completed", GET=SIGNED),
    "feeds:calendar": link("calendar address", GET=FEED, HEAD=FEED),
    "api:negotiation-list": api(GET=API_VIEWERS),
    "api:negotiation-detail": api("negotiation", GET=API_VIEWERS),
    "api:negotiation-contracts": api("negotiation", GET=API_VIEWERS),
    "api:contract-detail": api("contract", GET=API_VIEWERS),
    "api:contract-findings": api("contract", GET=API_VIEWERS),
    "api:contract-versions": api("contract", GET=API_VIEWERS, POST=API_REQUESTERS),
    "api:version-detail": api("version", GET=API_VIEWERS),
    "api:finding-detail": api("finding", GET=API_VIEWERS),
    "api:finding-decide": api("finding", POST=API_EDITORS),
    "api:approval-list": api(GET=API_VIEWERS),
    "api:approval-detail": api("approval request", GET=API_VIEWERS),
    "api:approval-decide": api("approval request", POST=API_APPROVERS),
    "api:obligation-list": api(GET=API_VIEWERS),
    "api:obligation-detail": api("obligation", GET=API_VIEWERS),
    "api:obligation-fulfil": api("obligation", POST=API_OPERATORS),
}


def expected(route: Route, method: str, person: str) -> Answer:
    """What `person` is told: first who they are, then whether it exists for them, then whether they may."""
    if route.door in ("link", "open"):
        if method not in route.methods:
            return Answer.NO_METHOD
        return Answer.REACHED if person in route.methods[method] else Answer.HIDDEN
    may_come_in = (*SESSIONS, *API_TOKENS) if route.door == "api" else SESSIONS
    if person not in may_come_in:
        return Answer.UNKNOWN if route.door == "api" else Answer.SIGN_IN
    if person == "token_reading" and method not in ("GET", "HEAD", "OPTIONS"):
        return Answer.FORBIDDEN
    if method not in route.methods:
        return Answer.NO_METHOD
    if person == "other_admin":
        # At home they are an administrator like ours; what is ours does not exist for them.
        if route.takes and route.seen != "everybody" and method != "OPTIONS":
            return Answer.HIDDEN
        return Answer.REACHED if {"admin"} & route.methods[method] else Answer.FORBIDDEN
    if method != "OPTIONS" and not exists_for(route, method, person):
        return Answer.HIDDEN
    return Answer.REACHED if person in route.methods[method] else Answer.FORBIDDEN


def exists_for(route: Route, method: str, person: str) -> bool:
    """Whether somebody of the organisation sees the object that the address names."""
    if route.seen == "owner":
        return person in route.methods[method]
    if route.seen == "analysts":
        return person in ANALYSTS
    return route.seen != "deal" or person != "business_elsewhere"


def cells() -> Iterator[tuple[str, str, str]]:
    for name in ROUTES:
        for method in METHODS:
            for person in PERSONS:
                yield name, method, person


# --- The page ---------------------------------------------------------------------------------------------

COLUMNS = {
    "admin": "Admin",
    "legal": "Legal",
    "business": "Business",
    "business_elsewhere": "Business, other team",
    "approver": "Approver",
    "operations": "Operations",
    "auditor": "Auditor",
    "read_only": "Read-only",
    "other_admin": "Other organisation",
    "anonymous": "Nobody",
}
SIGNS = {
    Answer.REACHED: "yes",
    Answer.FORBIDDEN: "403",
    Answer.HIDDEN: "404",
    Answer.SIGN_IN: "sign in",
    Answer.UNKNOWN: "401",
    Answer.NO_METHOD: "405",
}
OPENING = """# Who may do what

Made from the table that the tests try, cell by cell; do not edit it here. After a change of
`tests/access/table.py` run `python -m tests.access.table --write`.

- **yes**: the code behind the address answers, and may still say what is missing or who was faster.
- **403**: the object is there, the role is too small.
- **404**: for this person it does not exist. Objects of another organisation answer as ids that nobody
  ever gave away, and so do deals of which a business person is not on the team, and runs over many
  contracts for those who may not look over all of them.
- **sign in**: the sign-in page. **401**: the API's answer to nobody and to tokens that ended.

A method that is not listed is answered with 405, after the sign-in page. A colleague whose membership ended
is nobody at the next request; their tokens and calendar addresses end with it. People of other organisations
see their own organisation under the addresses that name no object.
"""
ROOMS = {
    "": "Home and health",
    "accounts": "People, settings, record",
    "negotiation": "Negotiations",
    "approvals": "Approvals",
    "signing": "Signing",
    "obligations": "Obligations",
    "playbooks": "Playbooks",
    "language_models": "Suggestions of a language model",
    "analytics": "Insights",
    "api": "API",
    "signing_guest": "Signers of either side, by their link",
    "feeds": "Calendar, by its address",
}


def addresses() -> dict[str, str]:
    """Every route of the project: name → address. Raises AssertionError for one without a name."""
    from django.urls import URLPattern, get_resolver

    found: dict[str, str] = {}

    def walk(patterns: list[Any], prefix: str, space: str) -> None:
        for one in patterns:
            address = prefix + str(one.pattern)
            if isinstance(one, URLPattern):
                assert one.name, f"/{address} has no name, so no table can list it"
                assert found.get(space + one.name, address) == address, (
                    f"two addresses for {space + one.name}"
                )
                found[space + one.name] = address
            else:
                walk(one.url_patterns, address, f"{one.namespace}:" if one.namespace else space)

    walk(get_resolver().url_patterns, "", "")
    return {name: "/" + address for name, address in found.items()}


def document() -> str:
    """`docs/access.md`."""
    parts = [OPENING]
    known = addresses()
    for room, title in ROOMS.items():
        names = [name for name in ROUTES if name.rpartition(":")[0] == room]
        parts.append(f"## {title}\n")
        parts.append(
            "\n".join(
                _by_link(names, known) if room in ("signing_guest", "feeds") else _by_role(names, known)
            )
        )
        parts.append("")
    parts.append("## Keys that are no roles\n")
    parts.append("\n".join(_keys()))
    return "\n".join(parts) + "\n"


def _by_role(names: list[str], known: dict[str, str]) -> Iterator[str]:
    yield "| address | names | method | " + " | ".join(COLUMNS.values()) + " |"
    yield "| --- " * (len(COLUMNS) + 3) + "|"
    for name in names:
        for method, row in _shown(ROUTES[name]):
            told = [SIGNS[expected(row, method, person)] for person in COLUMNS]
            yield f"| `{_plain(known[name])}` | {row.takes} | {method} | " + " | ".join(told) + " |"


def _by_link(names: list[str], known: dict[str, str]) -> Iterator[str]:
    yield "| address | method | who |"
    yield "| --- | --- | --- |"
    for name in names:
        for method, row in _shown(ROUTES[name]):
            yield f"| `{_plain(known[name])}` | {method} | {GROUP_NAMES[row.methods[method]]}; others 404 |"


def _shown(route: Route) -> Iterator[tuple[str, Route]]:
    for method in ("GET", "POST"):
        if method in route.methods:
            yield method, route


def _keys() -> Iterator[str]:
    yield "| key | opens |"
    yield "| --- | --- |"
    for person in (*TOKENS, *LINKS):
        opened = [
            f"`{name}` {method}"
            for name, route in ROUTES.items()
            if route.door != "open"
            for method in ("GET", "POST")
            if expected(route, method, person) == Answer.REACHED
        ]
        yield f"| {PERSONS[person]} | {', '.join(opened) or 'nothing'} |"


def _plain(address: str) -> str:
    """`<uuid:uuid>` as people read it."""
    return (
        address.replace("<uuid:uuid>", "{id}")
        .replace("<signer_token:token>", "{link}")
        .replace("<str:token>", "{secret}")
    )


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="The page about access, made from the table.")
    parser.add_argument("--write", action="store_true", help="write docs/access.md instead of printing it")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    import django

    chosen = parser.parse_args(arguments)
    django.setup()
    if chosen.write:
        PAGE.write_text(document(), encoding="utf-8")
    else:
        sys.stdout.write(document())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
