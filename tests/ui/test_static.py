"""Files sent to the browser: nothing from outside, nothing evaluated, licences beside."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "static"
SHEETS = sorted((STATIC / "css").glob("*.css"))
SCRIPTS = sorted((STATIC / "js").glob("*.js"))
ICON_USES = re.compile(r"{%\s*(?:icon|empty)\s+[\"']([a-z0-9-]+)[\"']")


def _symbols() -> list[str]:
    return re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons" / "sprite.svg").read_text(encoding="utf-8"))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_loads_only_our_own_files(sheet: Path) -> None:
    source = sheet.read_text(encoding="utf-8")
    assert "@import" not in source
    for address in re.findall(r"url\(\"?([^\")]+)", source):
        assert (sheet.parent / address).is_file(), address


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_evaluates_and_injects_nothing(script: Path) -> None:
    source = script.read_text(encoding="utf-8")
    for word in (
        "eval(",
        "new Function",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "://",
    ):
        assert word not in source, word


def test_every_static_file_a_template_names_exists() -> None:
    for template in (ROOT / "templates").rglob("*.html"):
        for name in re.findall(r"{%\s*static\s+['\"]([^'\"]+)", template.read_text(encoding="utf-8")):
            assert finders.find(name), f"{template.name}: {name}"


def test_every_icon_a_template_names_is_in_the_sprite() -> None:
    symbols = set(_symbols())
    for template in (ROOT / "templates").rglob("*.html"):
        for name in ICON_USES.findall(template.read_text(encoding="utf-8")):
            assert name in symbols, f"{template.name}: {name}"


def test_every_badge_and_mark_has_its_shape() -> None:
    from config.templatetags import parley

    symbols = set(_symbols())
    assert {shape for _word, _tone, shape in parley.BADGES.values() if shape} <= symbols
    assert {f"mark-{code}" for code in parley.MARKS} <= symbols


def test_the_rail_names_icons_of_the_sprite() -> None:
    source = (ROOT / "config" / "context.py").read_text(encoding="utf-8")
    icons = re.findall(r'\("\w+", _\("[^"]+"\), "[\w:]+", "([a-z-]+)"', source)
    assert icons
    assert set(icons) <= set(_symbols())


def test_no_symbol_stands_twice() -> None:
    symbols = _symbols()
    assert len(symbols) == len(set(symbols))


@pytest.mark.parametrize(
    "licence",
    [
        "vendor/LICENSE-htmx.txt",
        "icons/LICENSE-lucide.txt",
        "fonts/LICENSE-inter.txt",
        "fonts/LICENSE-source-serif-4.txt",
    ],
)
def test_what_we_did_not_write_carries_its_licence(licence: str) -> None:
    assert (STATIC / licence).read_text(encoding="utf-8").strip()


def test_the_content_policy_is_kept_by_htmx_settings() -> None:
    head = (ROOT / "templates" / "components" / "head.html").read_text(encoding="utf-8")
    assert '"includeIndicatorStyles": false' in head
    assert '"allowEval": false' in head
    assert '"selfRequestsOnly": true' in head
