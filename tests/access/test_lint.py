"""Views and the API read tenants' rows through `access.py` only: no page forgets whose rows they are."""

import ast
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]

ALLOWED = {
    # file: {expression: why it cannot show a stranger's row}
    "approvals/api.py": {
        "ApprovalRequest.objects.none": "names the model for the schema; holds nothing",
    },
    "obligations/api.py": {
        "Obligation.objects.none": "names the model for the schema; holds nothing",
    },
    "negotiation/api.py": {
        "Negotiation.objects.none": "names the model for the schema; holds nothing",
        "Contract.objects.none": "names the model for the schema; holds nothing",
        "Version.objects.none": "names the model for the schema; holds nothing",
        "Finding.objects.none": "names the model for the schema; holds nothing",
    },
    "negotiation/views/contracts.py": {
        "jobs.Job.objects.filter": "the one job of a version that was loaded through access",
    },
    "negotiation/views/decisions.py": {
        "ClauseText.objects.filter": "the text of a clause that was loaded through access",
        "Draft.objects.filter": "the draft of a contract that was loaded through access",
    },
}


def view_files() -> list[Path]:
    found = []
    for app in (
        "accounts",
        "playbooks",
        "negotiation",
        "approvals",
        "obligations",
        "signing",
        "analytics",
        "config",
    ):
        for path in (ROOT / app).rglob("*.py"):
            if (
                path.stem in ("views", "guest_views", "feed_views")
                or path.name == "api.py"
                or path.parent.name == "views"
            ):
                found.append(path)
    return sorted(found)


def managers_used(source: str) -> set[str]:
    """Every `Something.objects.method` and `get_object_or_404` in the source."""
    used = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
            if node.value.attr in ("objects", "_default_manager", "_base_manager"):
                used.add(ast.unparse(node))
        elif isinstance(node, ast.Name) and node.id in ("get_object_or_404", "get_list_or_404"):
            used.add(node.id)
    return used


def test_it_sees_a_manager_in_a_view():
    assert managers_used("def view(r):\n    return Contract.objects.get(uuid=1)") == {"Contract.objects.get"}
    assert managers_used("get_object_or_404(Contract, uuid=1)") == {"get_object_or_404"}


def test_there_are_views_to_read():
    names = {path.relative_to(ROOT).as_posix() for path in view_files()}
    assert {
        "accounts/views/people.py",
        "negotiation/views/deals.py",
        "signing/guest_views.py",
        "approvals/api.py",
    } <= names


def test_views_read_through_access():
    wrong = []
    for path in view_files():
        name = path.relative_to(ROOT).as_posix()
        for expression in sorted(managers_used(path.read_text()) - set(ALLOWED.get(name, {}))):
            wrong.append(f"{name}: {expression}")
    assert not wrong, "read it through access.py, or give the reason here:\n" + "\n".join(wrong)


def test_no_exception_outlived_its_reason():
    for name, expressions in ALLOWED.items():
        assert set(expressions) <= managers_used((ROOT / name).read_text()), name


def test_every_tenant_row_names_its_organisation():
    """A model without it could not be filtered by whose it is."""
    for room in ("playbooks", "negotiation", "approvals", "obligations", "signing", "analytics"):
        for model in apps.get_app_config(room).get_models():
            names = {column.name for column in model._meta.concrete_fields}
            assert "organisation" in names, model.__name__
