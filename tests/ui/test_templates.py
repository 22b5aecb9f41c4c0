"""Rules every template keeps: nothing inline, nothing from outside, forms guarded, pages named."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
NAMES = [str(path.relative_to(ROOT / "templates")) for path in TEMPLATES]
COMMENT = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}", re.DOTALL)

FORBIDDEN = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    "a script without src": r"<script\b(?![^>]*\bsrc=)",
    "an event attribute": r"<[^>]*\son[a-z]+\s*=",
    "htmx's event attribute": r"\bhx-on\b",
    "a javascript address": r"javascript:",
    "an address of another host": r"(?:https?:)?//[a-z0-9-]+\.[a-z]",
    "a filter that htmx must evaluate": r'hx-(?:vals|trigger)\s*=\s*["\'][^"\']*(?:js:|\[)',
}


def _source(path: Path) -> str:
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 40


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
@pytest.mark.parametrize("what", FORBIDDEN)
def test_it_holds_nothing_the_content_policy_forbids(path: Path, what: str) -> None:
    found = re.search(FORBIDDEN[what], _source(path), re.IGNORECASE)
    assert found is None, f"{what}: {found.group(0) if found else ''}"


@pytest.mark.parametrize(
    ("what", "sample"),
    [
        ("a style attribute", '<p class="a" style="color: red">'),
        ("a script without src", "<script>let a = 1;</script>"),
        ("an event attribute", '<button type="button" onclick="go()">'),
        ("an address of another host", '<img src="//cdn.example.com/a.png">'),
        ("a filter that htmx must evaluate", 'hx-trigger="click[ctrlKey]"'),
    ],
)
def test_the_rules_can_fail(what: str, sample: str) -> None:
    assert re.search(FORBIDDEN[what], sample)


@pytest.mark.parametrize("name", NAMES)
def test_it_compiles(name: str) -> None:
    assert get_template(name)


# A guest's secret address, not a cookie, says who acts there: another site has nothing to forge.
WITH_COOKIE = [path for path in TEMPLATES if not path.name.startswith("guest_")]


@pytest.mark.parametrize("path", WITH_COOKIE, ids=lambda path: path.stem)
def test_every_post_form_carries_its_token(path: Path) -> None:
    forms = re.findall(r"<form\b[^>]*method=\"post\".*?</form>", _source(path), re.DOTALL | re.IGNORECASE)
    without = [form[:80] for form in forms if "{% csrf_token %}" not in form]
    assert without == []


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_a_page_has_a_title_and_a_heading(path: Path) -> None:
    source = _source(path)
    if '{% extends "base.html" %}' in source:
        assert "{% block title %}" in source
        assert "{% block heading %}" in source


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_labels_name_a_control_of_the_same_template(path: Path) -> None:
    source = _source(path)
    fixed = re.findall(r"<label\b[^>]*\bfor=\"([^\"{]*(?:{{[^}]*}})?)\"", source)
    missing = [name for name in fixed if not name.startswith("{{") and f'id="{name}"' not in source]
    assert missing == []


def test_templates_use_our_tags_without_loading_them() -> None:
    template = engines["django"].from_string('{% icon "send" %}')
    assert "#send" in template.render({})
