"""A playbook's life: from somebody's Word table to rules, and from the rules to the next rung of a ladder."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from config.demo import contracts
from tests.browser import journey
from tests.shared import SHARED, needs_shared

pytestmark = pytest.mark.browser

TABLES = SHARED / "data" / "playbooks" / "playbook-of-additional-terms-for-bonterms-cloud-terms-and-sla.docx"
TITLE = "Cloud terms, as customer"
ISSUE = "Time to pay"
DEAL = "Deal by an imported playbook"


@needs_shared
def test_a_table_becomes_rules_and_a_counter_lands_on_a_rung(server, browser, tmp_path):
    author = journey.sign_in(browser, server, journey.LAWYER)
    page = author.page

    read_the_tables(author, server)
    correct_the_mapping(page)
    correct_the_row(page)
    open_the_draft(page)
    add_fallback(page, days=30, label="Thirty days or more", free=True)
    add_fallback(page, days=20, label="Twenty days or more", free=False)
    try_a_clause(
        page, "The Customer shall pay each invoice within thirty (30) days of its date.", "Fallback 1"
    )
    try_a_clause(
        page, "The Customer shall pay each invoice within ten (10) days of its date.", "below the last rung"
    )
    publish(page)

    contract = review_a_contract(author, server, tmp_path)
    proposal = journey.card_of(page, ISSUE)
    expect(proposal).to_contain_text("within fourteen (14) days")
    journey.accept(author, contract, ISSUE)
    sent = journey.send_turn(author, contract, "Our payment run is monthly.", tmp_path)
    assert sent is not None
    answer = tmp_path / "answer.docx"
    answer.write_bytes(
        contracts.returned(
            sent.read_bytes(),
            tracked=[("within forty-five (45) days", "within twenty (20) days")],
            silent=[],
            author="Priya Shah (Harbour Cloud)",
            date="2026-11-20T09:00:00Z",
        )
    )
    journey.upload_their_answer(author, contract, answer)
    journey.open_card(author, contract, ISSUE)

    # Their words land on a rung below what may be given freely; the next rung above it is offered, and taken.
    card = journey.card_of(page, ISSUE)
    expect(card).to_contain_text("Their words meet Fallback 2: Twenty days or more.")
    expect(card).to_contain_text("needs legal")
    move = card.locator("details.reveal").filter(has_text="Offer Fallback 1")
    move.locator("summary").first.click()
    expect(move).to_contain_text("no approval")
    move.get_by_role("button", name="Offer Fallback 1").click()
    expect(journey.card_of(page, ISSUE)).to_have_class(re.compile("is-decided"))
    assert "within thirty (30) days" in journey.clean_text(author, contract)
    assert author.complaints == []


def review_a_contract(author: journey.Person, server, folder: Path) -> str:
    original = folder / "master.docx"
    original.write_bytes(contracts.build("master-saas-agreement"))
    journey.open_negotiation(author, server, title=DEAL)
    return journey.upload_first_draft(author, title=DEAL, file=original, playbook=TITLE)


def read_the_tables(author: journey.Person, server) -> None:
    page = author.page
    author.go(f"{server.url}/playbooks/tables/")
    page.locator("[name=file]").set_input_files(TABLES)
    page.get_by_role("button", name="Read the tables").click()
    page.wait_for_url("**/columns/")


def correct_the_mapping(page: Page) -> None:
    """The guess takes a list of attachments for rules; the author says it is none."""
    page.get_by_label("Title of the playbook").fill(TITLE)
    page.get_by_label("Our side").select_option("customer")
    section = page.locator("section").filter(has=page.get_by_role("heading", name="Table 4", exact=True))
    section.get_by_label("Use this table").uncheck()
    page.get_by_role("button", name="Go on to the rows").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(page.get_by_role("link", name="Acceptable Use Policy (AUP)")).to_have_count(0)


def correct_the_row(page: Page) -> None:
    """The table leaves the number blank; the author writes the condition and fills the wording."""
    page.get_by_role("link", name="Change Payment Period").click()
    page.get_by_label("Title", exact=True).fill(ISSUE)
    page.get_by_label("In a few words").fill("Forty-five days or more")
    page.get_by_label("Holds when").fill("days >= 45")
    wording = page.get_by_label("Wording to propose")
    assert "[__]" in wording.input_value()
    wording.fill(wording.input_value().replace("[__]", "forty-five (45)"))
    page.get_by_role("button", name="Check again").click()
    expect(page.get_by_text("days to pay: at least 45 days").first).to_be_visible()
    expect(page.get_by_text("this wording stands on its own rung")).to_be_visible()
    page.get_by_role("button", name="Take this row").click()
    page.get_by_role("link", name="Back", exact=True).click()
    page.get_by_role("button", name="Make the draft").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()


def open_the_draft(page: Page) -> None:
    page.get_by_role("button", name="Edit", exact=True).click()
    page.get_by_role("link", name=re.compile(ISSUE)).first.click()
    expect(page.get_by_role("heading", name=re.compile("The ladder"))).to_be_visible()


def add_fallback(page: Page, *, days: int, label: str, free: bool) -> None:
    page.get_by_role("link", name="Add a fallback").click()
    page.get_by_label("Position in a few words").fill(label)
    page.get_by_label("Value of row 1").select_option("days")
    page.get_by_label("Comparison of row 1").select_option(label="is at least")
    page.get_by_label("Compared with, row 1").fill(str(days))
    page.keyboard.press("Tab")
    expect(page.locator("#condition-words")).to_contain_text(f"days to pay at least {days} days")
    page.get_by_label("nobody: we may concede it freely" if free else "one of these", exact=True).check()
    page.get_by_label("Reason we give").fill(f"Our payment run needs {days} days.")
    page.get_by_role("button", name="Keep the rung").first.click()
    expect(page.get_by_role("link", name=re.compile(label)).first).to_be_visible()


def try_a_clause(page: Page, clause: str, lands_on: str) -> None:
    page.get_by_label("A clause to try").fill(clause)
    page.get_by_role("button", name="Try this text").click()
    expect(page.locator("#trial-result").get_by_text(lands_on).first).to_be_visible()


def publish(page: Page) -> None:
    page.get_by_role("link", name="Draft", exact=True).click()
    page.get_by_role("link", name="Review and publish").click()
    expect(page.get_by_text("Forty-five days or more").first).to_be_visible()
    page.get_by_role("button", name=re.compile("^Publish")).click()
    expect(page.get_by_text("Version 1").first).to_be_visible()
