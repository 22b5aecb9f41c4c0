"""Nonsense in every field of every form and every query: a sentence, never a crash.

The names of fields are read from the forms and the views, so that a new field is tried without being listed.
"""

import importlib
import json
import re
import zlib
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from negotiation.forms import MoneyField
from negotiation.models import Contract
from tests.access.table import EVERYBODY, ROUTES, Answer, expected
from tests.access.world import World, answer_of

pytestmark = pytest.mark.django_db

WHOLE = pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.slow, id="whole")])
"""Every place with every value takes minutes (`make long`); otherwise each place meets its share of them."""

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("accounts", "playbooks", "negotiation", "approvals", "obligations", "signing", "analytics")
LONG = "x" * 30_000  # more than any field takes
UNKNOWN = "00000000-0000-4000-8000-000000000000"
CHOSEN = {"version": "1", "is_active": "on", "consents": "on"}
DECISIONS = (
    *("accept", "reject", "reopen", "counter", "edit", "reserve", "concede", "dismiss", "ask"),
    *("approve", "approve_with_condition", "conditional", "approved", "rejected", "fulfilled"),
)
DECIDES = (
    "negotiation:decide_finding",
    "negotiation:decide_change",
    "approvals:decide",
    "obligations:record",
)
VALUES = {
    "nul": "a\x00b",
    "control": "a\x08\ufffe\u202e b",
    "long": LONG,
    "superscript": "²",
    "many_digits": "9" * 5_000,
    "beyond_64_bit": "9" * 19,
    "eighteen_digits": "9" * 18,  # fits the database until it is multiplied
    "unknown_id": UNKNOWN,
    "last_month": "9999-12",
    "last_day": "9999-12-31",
    "first_day": "0001-01-01",
}
COUNTED = ("eighteen_digits", "beyond_64_bit", "last_day", "first_day")
"""Values that are well formed, and therefore reach code that calculates with them."""


def _sources() -> str:
    return "\n".join(
        path.read_text()
        for room in (*ROOMS, "config")
        for path in (ROOT / room).rglob("*.py")
        if "view" in path.as_posix() or path.name in ("forms.py", "api.py", "pages.py")
    )


def names_asked(kind: str) -> set[str]:
    """Names that views read from `request.GET` or `request.POST`."""
    read = rf'request\.{kind}(?:\.get\(|\[)"([\w-]+)"'
    return set(re.findall(read, _sources()))


def fields_of_forms() -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {}
    for room in ROOMS:
        if not (ROOT / room / "forms.py").exists():
            continue
        for one in vars(importlib.import_module(f"{room}.forms")).values():
            if isinstance(one, type) and issubclass(one, forms.BaseForm):
                found |= getattr(one, "base_fields", {})
    return found


def names_in_forms() -> set[str]:
    return set(fields_of_forms())


def names_calculated_with() -> set[str]:
    """Numbers, amounts and dates: of these a well-formed value may still be too much."""
    kinds = (forms.IntegerField, forms.DateField, forms.DecimalField, MoneyField)
    return {name for name, field in fields_of_forms().items() if isinstance(field, kinds)}


POSTED = sorted(names_asked("POST") | names_in_forms() | {"text-0", "text-1", "username", "next"})
QUERIED = sorted(names_asked("GET") | {"month", "page", "state", "cursor", "page_size"})
FORMSET = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"} | {
    f"form-0-{name}": "" for name in ("side", "name", "email", "title", "position")
}


def insider(name: str, method: str) -> str:
    """Somebody for whom the door opens."""
    preferred = ("legal", "admin", "approver", "operations", "token_writing", "guest", "feed")
    return next(who for who in preferred if expected(ROUTES[name], method, who) == Answer.REACHED)


def posts(name: str, what: str) -> list[dict[str, str]]:
    """All fields garbage; then the small choices good and the rest garbage, which gets further."""
    value = VALUES[what]
    filled = dict.fromkeys(POSTED, value) | {"form-0-" + one: value for one in ("side", "name", "email")}
    filled |= {"form-TOTAL_FORMS": value, "form-INITIAL_FORMS": value}
    decisions = DECISIONS if name in DECIDES and what in ("nul", "control", "long") else DECISIONS[:1]
    return [filled, *(filled | CHOSEN | FORMSET | {"decision": one, "outcome": one} for one in decisions)]


def test_the_names_of_fields_are_found():
    assert {"decision", "reason", "version", "typed_name", "their_person"} <= set(POSTED)
    assert {"q", "view", "party", "month", "old"} <= set(QUERIED)
    assert {"due_on", "owner", "contract"} <= set(POSTED)
    assert {"due_on", "value_minor", "term_months", "version"} <= names_calculated_with()


def is_tried(place: str, what: str, kinds: Sequence[str], *, one_in: int, whole: bool) -> bool:
    """Whether this place meets this value now. In a share every place meets some value and every value some
    place, the same ones on every run."""
    return whole or (zlib.crc32(place.encode()) + list(kinds).index(what)) % one_in == 0


def test_a_share_leaves_out_no_place_and_no_value():
    for kinds, one_in in ((list(VALUES), 3), (COUNTED, len(COUNTED))):
        tried = {
            (name, what)
            for name in ROUTES
            for what in kinds
            if is_tried(name, what, kinds, one_in=one_in, whole=False)
        }
        assert {name for name, _ in tried} == set(ROUTES)
        assert {what for _, what in tried} == set(kinds)


@WHOLE
@pytest.mark.parametrize("what", VALUES)
def test_no_query_breaks_a_page(world: World, what: str, whole: bool):
    query = urlencode(dict.fromkeys(QUERIED, VALUES[what][:4_000]))
    broken = []
    for name, route in ROUTES.items():
        if "GET" not in route.methods or not is_tried(name, what, list(VALUES), one_in=3, whole=whole):
            continue
        who = insider(name, "GET")
        # One at a time too: a page may stop at the first bad name and never read the next.
        alone = QUERIED if what == "nul" and route.door == "page" and not route.takes else []
        for asked in [query, *(urlencode({one: VALUES[what]}) for one in alone)]:
            got = _try(world, who, "GET", f"{world.address(name, who)}?{asked}")
            if got not in (Answer.REACHED, Answer.HIDDEN):
                broken.append(f"{name} ?{asked[:60]}: {got}")
    assert not broken, "\n".join(broken)


@WHOLE
@pytest.mark.parametrize("what", VALUES)
def test_no_form_breaks_on_what_is_typed(world: World, what: str, whole: bool):
    broken = []
    for name, route in ROUTES.items():
        if "POST" not in route.methods or route.door == "api" or name == "accounts:sign_out":
            continue
        if not is_tried(name, what, list(VALUES), one_in=3, whole=whole):
            continue
        who = insider(name, "POST")
        for form in posts(name, what):
            got = _try(
                world,
                who,
                "POST",
                world.address(name, who),
                data=urlencode(form).encode(),
                content_type="application/x-www-form-urlencoded",
            )
            # An id that nobody has, typed where a finding is named, is a 404 like in an address.
            if got not in (Answer.REACHED, Answer.HIDDEN):
                broken.append(f"{name} {form.get('decision', '')[:20]}: {got}")
    assert not broken, "\n".join(broken)


@WHOLE
@pytest.mark.parametrize("what", COUNTED)
def test_one_extreme_value_in_a_good_form_is_answered(world: World, what: str, whole: bool):
    """A form that is garbage all over stops at its first field; here all but one are right."""
    broken = []
    for name, form in good_forms(world):
        who = insider(name, "POST")
        for field in sorted(names_calculated_with() | set(form)):
            if not is_tried(f"{name} {field}", what, COUNTED, one_in=len(COUNTED), whole=whole):
                continue
            body = urlencode(form | {field: VALUES[what]}).encode()
            sent = {"data": body, "content_type": "application/x-www-form-urlencoded"}
            got = _try(world, who, "POST", world.address(name, who), **sent)
            if got not in (Answer.REACHED, Answer.HIDDEN, Answer.FORBIDDEN):
                broken.append(f"{name} {field}: {got}")
    assert not broken, "\n".join(broken)


def good_forms(world: World) -> list[tuple[str, dict[str, str]]]:
    """Forms that are accepted, with the keys that only this world knows."""
    from tests.access.test_record import FORMS  # here, because that file needs names of this one

    known = dict(FORMS)
    contract = Contract.objects.get(uuid=world.ours["contract"])
    owner = world.members["operations"].pk
    for name in ("obligations:new", "obligations:change"):
        known[name] = [one | {"contract": str(contract.pk), "owner": str(owner)} for one in known[name]]
    return [
        (name, form)
        for name, several in known.items()
        for form in several
        if ROUTES[name].door == "page" and name != "accounts:sign_out"
    ]


def _try(world: World, who: str, method: str, address: str, **more: object) -> Answer | str:
    with transaction.atomic():
        got = answer_of(world.ask(who, method, address, **more))
        transaction.set_rollback(True)
    return got


@pytest.mark.parametrize(
    "name", [n for n, route in ROUTES.items() if route.door == "api" and "POST" in route.methods]
)
def test_no_json_breaks_the_api(world: World, name: str):
    bodies = [b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe", b"[" * 2_000]
    fields = ("version", "outcome", "comment", "condition", "evidence")
    for value in (*VALUES.values(), None, [], {}, 1e400, 10**40, True):
        bodies.append(json.dumps(dict.fromkeys(fields, value)).encode())
        good = {"version": 1, "outcome": "approved" if "approval" in name else "fulfilled"}
        bodies.append(json.dumps(dict.fromkeys(fields, value) | good).encode())
    for body in bodies:
        got = _try(
            world,
            "token_writing",
            "POST",
            world.address(name, "x"),
            data=body,
            content_type="application/json",
        )
        assert got in (Answer.REACHED, Answer.FORBIDDEN), body[:80]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "negotiation:upload",
            "negotiation:add_contract",
            "playbooks:import",
            "playbooks:tables",
            "obligations:record",
        ),
        *("api:contract-versions", "api:obligation-fulfil"),
    ],
)
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\x00" * 2_000, b"a: [", b"- \xff\xfe"])
def test_no_file_breaks_an_upload(world: World, name: str, data: bytes):
    form = {"file": SimpleUploadedFile("a\u202e<b>.docx", data), "title": "T", "paper": "theirs"}
    more = {"our_role": "customer", "sender": "theirs", "outcome": "fulfilled", "version": "1"}
    got = _try(
        world,
        "legal",
        "POST",
        world.address(name, "legal"),
        data=encode_multipart(BOUNDARY, form | more),
        content_type=MULTIPART_CONTENT,
    )
    assert got == Answer.REACHED


@pytest.mark.parametrize(
    "path", ["/%00", "/negotiations/%00/", "/calendar/%00.ics", "/g/signing/%00/", "/%ff%fe"]
)
def test_no_address_breaks_the_site(world: World, path: str):
    assert _try(world, "legal", "GET", path) == Answer.HIDDEN


def test_everybody_may_post_rubbish_at_the_open_doors(world: World):
    for name, route in ROUTES.items():
        if route.methods.get("POST") == EVERYBODY:
            data = urlencode(dict.fromkeys(POSTED, "a\x00²")).encode()
            more = {"data": data, "content_type": "application/x-www-form-urlencoded"}
            assert (
                _try(world, "anonymous", "POST", world.address(name, "anonymous"), **more) == Answer.REACHED
            )
