"""Documentation that cannot fall behind: what the pages tell people to type exists."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    if path.is_file()
)
TYPED = "\n".join((ROOT / page).read_text() for page in PAGES)
MANAGE = sorted(set(re.findall(r"manage\.py ([a-z_]+)", TYPED)))
ENGINES = sorted(set(re.findall(r"python -m (redline|clauses) ([a-z]+)", TYPED)))


def test_there_are_pages_to_check():
    assert "README.md" in PAGES
    assert MANAGE
    assert ENGINES


def test_every_make_target_named_anywhere_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    named = set(re.findall(r"`(?:[A-Z]+=\S+ )?make ([a-z]+)", TYPED)) | set(
        re.findall(r"^make ([a-z]+)", TYPED, re.M)
    )
    assert named <= targets


@pytest.mark.parametrize("command", MANAGE)
def test_a_management_command_named_anywhere_exists(command):
    done = subprocess.run(
        [sys.executable, "manage.py", command, "--help"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("engine", "command"), ENGINES)
def test_an_engine_command_named_anywhere_exists(engine, command):
    done = subprocess.run(
        [sys.executable, "-m", engine, command, "--help"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", PAGES)
def test_every_link_within_the_project_leads_somewhere(page):
    folder = (ROOT / page).parent
    links = re.findall(r"\]\(([^)#\s]+)", (ROOT / page).read_text())
    assert [link for link in links if "://" not in link and not (folder / link).exists()] == []


def test_every_decision_has_a_number_of_its_own():
    numbers = [path.name[:4] for path in (ROOT / "docs" / "decisions").glob("*.md")]
    assert len(numbers) == len(set(numbers)) > 0
    assert all(number.isdigit() for number in numbers)


def test_links_of_the_sample_company_lead_to_the_port_that_was_asked_for():
    done = subprocess.run(
        ["make", "--dry-run", "demo", "PORT=8077"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    (loading,) = [line for line in done.stdout.splitlines() if line.endswith("manage.py demo")]
    assert 'PARLEY_URL="${PARLEY_URL:-http://127.0.0.1:8077}"' in loading
