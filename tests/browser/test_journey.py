"""From upload to reminder: on a demo contract of our own, and on a standard form from the shared data."""

import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

import redline
from config.demo import contracts
from tests import libreoffice
from tests.browser import journey
from tests.browser.server import ROOT
from tests.shared import SHARED, needs_shared

pytestmark = pytest.mark.browser

CHECKER = SHARED / "tools" / "redline_check.py"


def own_contract(folder: Path) -> Path:
    path = folder / "master.docx"
    path.write_bytes(contracts.build("master-saas-agreement"))
    return path


def shared_form(folder: Path) -> Path:
    return SHARED / "data" / "docx" / "common-paper-cloud-service-agreement.docx"


CASES = [
    pytest.param(own_contract, "Master agreement of the journey", id="own contract"),
    pytest.param(shared_form, "Standard form of the journey", id="shared form", marks=needs_shared),
]


@pytest.mark.parametrize(("document", "title"), CASES)
def test_the_chain_runs_from_upload_to_reminder(document, title, server, browser, tmp_path):
    original = document(tmp_path)
    lawyer = journey.sign_in(browser, server, journey.LAWYER)
    journey.open_negotiation(lawyer, server, title=f"Deal: {title}")
    contract = journey.upload_first_draft(
        lawyer, title=title, file=original, playbook="SaaS agreement, as customer"
    )

    # Findings: accept two, counter one below the free rung, reserve the rest.
    proposals = journey.cards_that_can(lawyer.page, "accept")
    assert len(proposals) >= 3, proposals
    journey.accept(lawyer, contract, proposals[0])
    journey.accept(lawyer, contract, proposals[1])
    countered = counter_one_that_costs(lawyer, contract, proposals[2:])
    journey.reserve_what_is_open(lawyer, contract)

    # Approval is asked because of the counter, and given.
    intended = journey.clean_text(lawyer, contract)
    assert journey.send_turn(lawyer, contract, "Our changes, each with its reason.", tmp_path) is None
    assert journey.approve_everything_asked(browser, server, negotiation=f"Deal: {title}") >= 1
    sent = journey.send_turn(lawyer, contract, "Our changes, each with its reason.", tmp_path)
    assert sent is not None, countered
    # What leaves is what the lawyer saw, and without our marks it is what came.
    settled = redline.resolve(sent.read_bytes(), accept_all=True)
    assert _letters(redline.text(settled)) == _letters(intended)
    assert _letters(intended) != _letters(redline.text(original.read_bytes()))
    check_the_sent_file(original, sent, tmp_path)

    # It comes back with one tracked and one silent edit; both are shown, apart.
    returned = tmp_path / "returned.docx"
    tracked, silent = two_places(sent)
    returned.write_bytes(
        contracts.returned(
            sent.read_bytes(),
            tracked=[tracked],
            silent=[silent],
            author="Priya Shah (Harbour Cloud)",
            date="2026-11-20T09:00:00Z",
        )
    )
    journey.upload_their_answer(lawyer, contract, returned)
    lawyer.page.get_by_role("tab", name="Changes").click()
    expect(lawyer.page.locator("#panel-changes .change.theirs")).to_have_count(1)
    expect(lawyer.page.locator("#silent .change.silent")).to_have_count(1)
    assert journey.decide_their_changes(lawyer, contract) == 2

    # What is still below the free rung is conceded for the trade, approved, and the text agreed.
    concede_the_rest(lawyer, contract)
    if not journey.agree(lawyer, contract):
        journey.approve_everything_asked(browser, server, negotiation=f"Deal: {title}")
        assert journey.agree(lawyer, contract)

    # Signed by both, each by a link of their own.
    journey.start_signing(lawyer, contract)
    journey.sign_by_link(browser, server, title=title, email=journey.COUNSEL, name="Alice Brandt")
    done = journey.sign_by_link(
        browser, server, title=title, email=journey.THEIR_SIGNER[1], name=journey.THEIR_SIGNER[0]
    )
    expect(done.get_by_role("link", name="Download the signed document")).to_be_visible()

    # Obligations are there, and operations gets a reminder.
    operations = journey.sign_in(browser, server, journey.OPERATIONS)
    remind_about_one(operations, server, title)
    assert lawyer.complaints == []
    assert operations.complaints == []


def counter_one_that_costs(lawyer, contract, titles):
    """Counter the first issue whose lowest rung that can be offered needs somebody's approval."""
    for title in titles:
        journey.open_card(lawyer, contract, title)
        lowest = journey.card_of(lawyer.page, title).locator("label.rung:has(input:not([disabled]))").last
        costs = lowest.count() and lowest.locator(".needs").count()
        if costs and journey.counter_with_lowest_rung(lawyer, contract, title):
            return title
    title = titles[0]
    journey.concede(lawyer, contract, title, "Traded for the price.")
    return title


def concede_the_rest(lawyer, contract):
    """Reserved points end somewhere: here they are given up, with a reason."""
    page = lawyer.page
    while True:
        lawyer.go(contract)
        reserved = page.locator(".issue[data-state=reserved]")
        if reserved.count() == 0:
            break
        title = reserved.first.locator("h3").first.inner_text()
        journey.open_card(lawyer, contract, title)
        with page.expect_response(re.compile("/decide/")):
            journey.card_of(page, title).get_by_role("button", name="Undo").click()
        journey.concede(lawyer, contract, title, "Given for the price that was agreed.")


def two_places(sent: Path) -> tuple[tuple[str, str], tuple[str, str]]:
    """Two plain paragraphs of the sent file: a word to change with a mark, and one to change without."""
    document = redline.read(sent.read_bytes())
    text = document.text
    plain = [
        block
        for block in document.blocks
        if block.part == "body"
        and len(block.text) > 120
        and text.count(block.text[:60]) == 1
        and all(piece.state == "same" for piece in block.pieces)
        and not block.table
    ]
    first, second = plain[len(plain) // 3], plain[2 * len(plain) // 3]
    return _reworded(first.text, "in good time "), _reworded(second.text, "not ")


def _reworded(text: str, extra: str) -> tuple[str, str]:
    words = text[:60].rsplit(" ", 1)[0] + " "
    return words, words + extra


def check_the_sent_file(original: Path, sent: Path, folder: Path) -> None:
    """Formats, objects and marks judged by the independent checker, and by LibreOffice's own reading."""
    intended = folder / "intended.docx"
    intended.write_bytes(redline.resolve(sent.read_bytes(), accept_all=True))
    # Against the scrubbed original: names of unused bookmarks, for one, do not leave the house.
    before = folder / "original-scrubbed.docx"
    before.write_bytes(redline.scrub(original.read_bytes()))
    assert redline.text(before.read_bytes()) == redline.text(original.read_bytes())
    if CHECKER.is_file():
        done = subprocess.run(
            [sys.executable, str(CHECKER), str(before), str(intended), str(sent), "-v"],
            capture_output=True,
            text=True,
            cwd=ROOT,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    if not libreoffice.what_is_missing():
        assert libreoffice.convert_to_pdf(sent, folder).is_file()
        # LibreOffice 7.4 without a screen ends itself when a script opens any file that holds a comment, one
        # by python-docx too; converting such a file works. Marks are compared in a copy without comments.
        bare = folder / "without-comments.docx"
        bare.write_bytes(redline.scrub(sent.read_bytes()))
        assert_libreoffice_agrees(bare)


def assert_libreoffice_agrees(sent: Path) -> None:
    """Inserted and deleted texts by author, joined, are the same in LibreOffice and in `redline changes`."""
    ours: dict[str, dict[str, str]] = {}
    for change in redline.changes(sent.read_bytes()):
        if change.kind in ("insert", "delete"):
            kinds = ours.setdefault(change.author, {"insert": "", "delete": ""})
            kinds[change.kind] += _letters(change.text)
    theirs = {
        author: {"insert": "", "delete": ""}
        | {kind: _letters("".join(words)) for kind, words in kinds.items()}
        for author, kinds in libreoffice.uno_texts_by_author(sent).items()
    }
    assert theirs == ours


def _letters(text: str) -> str:
    """Without white space and page breaks: a paragraph's end and a break are drawn in more than one way."""
    return "".join(text.replace("\u200b", "").split())


def remind_about_one(operations, server, title):
    page = operations.page
    operations.go(f"{server.url}/obligations/?view=all")
    rows = page.locator("tbody tr").filter(has_text=title)
    expect(rows.first).to_be_visible()
    rows.first.get_by_role("link").first.click()
    address = page.url
    page.locator("form[action$='/change/'] [name=owner]").select_option(label="Dara Okafor")
    page.locator("form[action$='/change/'] [name=due_on]").fill("2027-01-15")
    page.locator("form[action$='/change/']").get_by_role("button", name="Save").click()
    page.goto(address)
    page.get_by_role("button", name="Remind now").click()
    server.wait_for_mail(journey.OPERATIONS, "Due ", title, "2027-01-15")


def test_the_record_of_both_journeys_is_whole_and_a_changed_row_shows(server, browser):
    admin = journey.sign_in(browser, server, journey.COUNSEL)
    assert_record(admin, server, "The record is whole.")
    with rewritten_row(server.data / "parley.sqlite3", action="turn.sent") as number:
        assert_record(admin, server, f"entry {number} was changed after it was written")
    assert_record(admin, server, "The record is whole.")


def assert_record(admin, server, words: str) -> None:
    admin.go(f"{server.url}/account/record/")
    admin.page.get_by_role("button", name="Check the chain").click()
    expect(admin.page.get_by_text(words).first).to_be_visible()


@contextmanager
def rewritten_row(database: Path, *, action: str):
    """The newest entry of this action says something else for a while, written past the application and the
    triggers, as whoever holds the database file could; gives the entry's number."""
    with closing(sqlite3.connect(database, timeout=30, isolation_level=None)) as rows:
        rows.execute("BEGIN IMMEDIATE")
        triggers = rows.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'parley_%'"
        ).fetchall()
        assert triggers
        key, number, payload = rows.execute(
            "SELECT id, number, payload FROM accounts_auditentry WHERE action = ? ORDER BY id DESC", [action]
        ).fetchone()
        change = "UPDATE accounts_auditentry SET payload = ? WHERE id = ?"
        for name, _ in triggers:
            rows.execute(f"DROP TRIGGER {name}")
        rows.execute(change, [json.dumps({"turn": 99}), key])
        rows.execute("COMMIT")
        try:
            yield number
        finally:
            rows.execute("BEGIN IMMEDIATE")
            rows.execute(change, [payload, key])
            for _, sql in triggers:
                rows.execute(sql)
            rows.execute("COMMIT")
