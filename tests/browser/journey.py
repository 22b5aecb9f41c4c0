"""The chain as its three kinds of users walk it, page by page, with what each of them sees on the way."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from config.demo.story import PASSWORD
from tests.browser.server import Server, link_in

LAWYER = "bo.lindqvist@northgate.example"
OPERATIONS = "dara.okafor@northgate.example"
COUNSEL = "alice.brandt@northgate.example"
APPROVERS = (
    COUNSEL,
    "carla.mendes@northgate.example",
    "ines.rahmani@northgate.example",
    OPERATIONS,
    "emil.novak@northgate.example",
)
THEIR_SIGNER = ("Grace Holloway", "grace.holloway@harbourcloud.example")


@dataclass
class Person:
    """Somebody signed in, in a browser of their own. Collects what the page complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def go(self, url: str) -> None:
        response = self.page.goto(url)
        assert response is not None
        assert response.status < 400, f"{url} answered {response.status}"


def sign_in(browser: Browser, server: Server, email: str, **options: Any) -> Person:
    """A browser of their own for one person; `options` are those of Playwright's `new_context`."""
    context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}} | options)
    page = context.new_page()
    page.set_default_timeout(60_000)
    person = Person(page)
    page.on("pageerror", lambda error: person.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: person.complaints.append(message.text) if message.type == "error" else None,
    )
    page.goto(f"{server.url}/account/sign-in/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{server.url}/")
    return person


def open_negotiation(person: Person, server: Server, *, title: str) -> str:
    """A new deal with Harbour Cloud; gives the address of its page to add a contract."""
    page = person.page
    person.go(f"{server.url}/negotiations/new/")
    page.locator("[name=title]").fill(title)
    page.locator("[name=counterparty]").fill("Harbour Cloud Ltd")
    page.locator("[name=lead_name]").fill(THEIR_SIGNER[0])
    page.locator("[name=lead_email]").fill(THEIR_SIGNER[1])
    page.locator("[name=objectives]").fill("A year's fees as the limit of liability.")
    page.locator("[name=value_minor]").fill("186,000")
    page.locator("[name=term_months]").fill("36")
    page.locator("[name=law]").fill("England and Wales")
    page.get_by_role("button", name="Open the negotiation").click()
    page.wait_for_url(re.compile("/contracts/new/"))
    return page.url


def upload_first_draft(person: Person, *, title: str, file: Path, playbook: str) -> str:
    """Put their draft into the package and wait until it was read and reviewed; gives the contract's page."""
    page = person.page
    page.locator("[name=title]").fill(title)
    page.locator("[name=paper]").select_option("theirs")
    page.locator("[name=our_role]").select_option("customer")
    page.locator("[name=playbook]").select_option(label=playbook)
    page.locator("[name=file]").set_input_files(file)
    page.get_by_role("button", name="Upload").click()
    wait_for_contract(page)
    return page.url.split("?")[0].split("#")[0]


def wait_for_contract(page: Page) -> None:
    page.wait_for_url(re.compile(r"/negotiations/contracts/[0-9a-f-]{36}/(\?.*)?$"), timeout=120_000)
    expect(page.locator("#paper .block").first).to_be_visible()


def open_card(person: Person, contract: str, title: str) -> None:
    """Show one issue's card, closed ones opened."""
    person.go(contract)
    card = card_of(person.page, title)
    if card.locator("details.issue-body").get_attribute("open") is None:
        card.locator("summary").first.click()


def card_of(page: Page, title: str):
    return page.locator(".issue").filter(has=page.get_by_role("heading", name=title, exact=True))


def cards_that_can(page: Page, button: str) -> list[str]:
    """Titles of the open issues whose card offers this button and lets it be pressed."""
    cards = page.locator(".issue:not(.is-decided)").filter(
        has=page.locator(f"button[name=decision][value={button}]:not([disabled])")
    )
    return [cards.nth(at).locator("h3").inner_text() for at in range(cards.count())]


def accept(person: Person, contract: str, title: str) -> None:
    open_card(person, contract, title)
    card = card_of(person.page, title)
    card.get_by_role("button", name="Accept", exact=True).click()
    expect(card_of(person.page, title)).to_have_class(re.compile("is-decided"))


def counter_with_lowest_rung(person: Person, contract: str, title: str) -> bool:
    """Offer the lowest rung of the ladder that the card shows; False where no safe change leads there."""
    open_card(person, contract, title)
    card = card_of(person.page, title)
    offered = card.locator("input[name=rung]:not([disabled])")
    if offered.count() == 0:
        return False
    offered.last.check()
    with person.page.expect_response(re.compile("/decide/")):
        card.get_by_role("button", name="Counter", exact=True).click()
    person.go(contract)
    return "is-decided" in (card_of(person.page, title).get_attribute("class") or "")


def concede(person: Person, contract: str, title: str, reason: str) -> None:
    open_card(person, contract, title)
    card = card_of(person.page, title)
    card.locator("summary").filter(has_text="Dismiss").click()
    card.locator("textarea[name=reason]:visible").fill(reason)
    card.get_by_role("button", name="Accept their text").click()
    expect(card_of(person.page, title)).to_have_class(re.compile("is-decided"))


def concede_what_is_open(person: Person, contract: str) -> None:
    """Take their text, with a reason, on every issue nobody decided."""
    person.go(contract)
    titles = person.page.locator(".issue:not(.is-decided) h3").all_inner_texts()
    for title in titles:
        concede(person, contract, title, "Fine for a trial of three months.")


def reserve_what_is_open(person: Person, contract: str) -> int:
    """Reserve our position on every issue nobody decided, so that silence concedes nothing."""
    page, count = person.page, 0
    while True:
        person.go(contract)
        undecided = page.locator(".issue:not(.is-decided)")
        if undecided.count() == 0:
            return count
        title = undecided.first.locator("h3").inner_text()
        open_card(person, contract, title)
        card = card_of(page, title)
        card.locator("summary").filter(has_text="Reserve").click()
        card.locator("textarea[name=reason]:visible").fill("To be talked about.")
        card.get_by_role("button", name="Reserve our position").click()
        expect(card_of(page, title)).to_have_class(re.compile("is-decided"))
        count += 1


def approve_everything_asked(browser: Browser, server: Server, *, negotiation: str) -> int:
    """Each approver works their queue down, for this deal only; gives how many decisions were taken."""
    taken = 0
    for email in APPROVERS:
        person = sign_in(browser, server, email)
        while True:
            person.go(f"{server.url}/approvals/?view=mine")
            waiting = person.page.locator("a.queue-item, .queue-list a").filter(has_text=negotiation)
            if waiting.count() == 0:
                break
            waiting.first.click()
            person.page.get_by_role("button", name="Approve", exact=True).click()
            person.page.wait_for_load_state()
            taken += 1
        assert person.complaints == []
        person.page.context.close()
    return taken


def clean_text(person: Person, contract: str) -> str:
    """The contract as its page shows it in the view without marks, numbers left out, one paragraph a line."""
    page = person.page
    person.go(contract)
    page.get_by_role("button", name="Clean", exact=True).click()
    return page.evaluate(
        """() => {
            document.querySelectorAll('#paper .hung').forEach((number) => number.remove())
            return [...document.querySelectorAll('#paper .block')].map((block) => block.innerText).join('\\n')
        }"""
    )


def send_turn(person: Person, contract: str, message: str, folder: Path) -> Path | None:
    """Send the turn; None where approval had to be asked first, otherwise the file as downloaded."""
    page = person.page
    person.go(f"{contract}send/")
    read_what_no_rule_covers(page)
    page.locator("[name=message]").fill(message)
    ask = page.get_by_role("button", name="Ask for approval")
    if ask.count():
        ask.click()
        expect(page.locator("text=waits for approval").first).to_be_visible()
        return None
    button = page.get_by_role("button", name="Write the file and close our turn")
    if not button.is_enabled():
        return None
    everything = page.locator("[name=with_undecided]")
    if everything.count():
        everything.check()
    button.click()
    link = page.get_by_role("link", name="Download the Word file")
    expect(link).to_be_visible()
    with page.expect_download() as waiting:
        link.click()
    waiting.value.save_as(folder / "turn.docx")
    page.get_by_role("link", name="Open the contract").click(timeout=120_000)
    wait_for_contract(page)
    return folder / "turn.docx"


def read_what_no_rule_covers(page: Page) -> None:
    """Tick, knowingly and all at once, the clauses on which no issue of the playbook speaks."""
    notice = page.locator("#uncovered")
    if notice.count():
        notice.locator("[name=knowingly]").check()
        notice.get_by_role("button").click()
        expect(page.locator("#uncovered")).to_have_count(0)


def download_newest(person: Person, target: Path) -> Path:
    """The newest version's bytes, through the export menu."""
    page = person.page
    page.locator("summary[aria-label=Export]").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile("This version as stored")).click()
    waiting.value.save_as(target)
    return target


def upload_their_answer(person: Person, contract: str, file: Path) -> None:
    page = person.page
    person.go(f"{contract}upload/")
    page.locator("[name=file]").set_input_files(file)
    page.get_by_label("the other side").check()
    page.get_by_role("button", name="Upload").click()
    wait_for_contract(page)


def decide_their_changes(person: Person, contract: str) -> int:
    """Accept every change of theirs, tracked or not."""
    page, count = person.page, 0
    while True:
        person.go(contract)
        page.get_by_role("tab", name=re.compile("Changes")).click()
        open_ones = page.locator("#panel-changes form").filter(
            has=page.locator("button[name=decision][value=accept]")
        )
        if open_ones.count() == 0:
            return count
        open_ones.first.get_by_role("button", name="Accept").click()
        page.wait_for_load_state()
        count += 1


def agree(person: Person, contract: str) -> bool:
    """Record that both sides agree; False where something still stands in the way."""
    page = person.page
    person.go(f"{contract}agree/")
    read_what_no_rule_covers(page)
    page.locator("[name=their_person]").fill("Priya Shah")
    page.locator("[name=evidence]").fill("Mail of today: “we accept this version”.")
    button = page.get_by_role("button", name="Record the agreement")
    if not button.is_enabled():
        return False
    leave_blanks(page)
    button.click()
    wait_for_contract(page)
    return True


def leave_blanks(page: Page) -> None:
    """Tick that the blanks of a form stay, where the page asks for it."""
    tick = page.locator("[name=with_blanks]")
    if tick.count():
        tick.check()


def start_signing(person: Person, contract: str) -> None:
    page = person.page
    person.go(contract)
    page.get_by_role("link", name="Start signing").click()
    rows = page.locator(".signer-row")
    rows.nth(0).locator("[name$=-name]").fill("Alice Brandt")
    rows.nth(0).locator("[name$=-email]").fill(COUNSEL)
    rows.nth(1).locator("[name$=-name]").fill(THEIR_SIGNER[0])
    rows.nth(1).locator("[name$=-email]").fill(THEIR_SIGNER[1])
    leave_blanks(page)
    page.get_by_role("button", name="Send for signature").click()
    expect(page.get_by_text("What is signed")).to_be_visible()


def sign_by_link(browser: Browser, server: Server, *, title: str, email: str, name: str) -> Page:
    """Open the link from the mail, in a browser that never signed in, and sign."""
    mail = server.wait_for_mail(email, "Please sign", title)
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(link_in(mail))
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    page.locator("[name=typed_name]").fill(name)
    page.locator("[name=consents]").check()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("heading", name="You have signed")).to_be_visible()
    return page
