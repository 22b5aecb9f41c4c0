"""The contract workspace in a browser: one selection in three panes, markup views, keyboard, phone."""

import mimetypes
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.template.loader import render_to_string

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
SITE = "http://parley.test"
ALICE, EDDA = "Alice Lindqvist", "Edda Harbour"


def piece(text: str, state: str = "same", author: str = "") -> dict[str, str]:
    return {"text": text, "state": state, "author": author}


def block(at: int, clause: str, number: str, *pieces: dict[str, str], highlights: Any = ()) -> dict[str, Any]:
    return {
        "id": f"body:{at}",
        "clause": clause,
        "kind": "paragraph",
        "level": 1,
        "number": number,
        "pieces": pieces,
        "highlights": highlights,
        "table": None,
    }


def finding(name: str, clause: str, at: int | None, severity: str) -> dict[str, Any]:
    return {
        "id": name,
        "clause": clause,
        "block": f"body:{at}" if at is not None else "",
        "title": f"Finding {name}",
        "severity": severity,
        "state": "open",
        "rungs": [
            {
                "id": "P",
                "name": "Preferred",
                "text": "24 months",
                "cost": "no approval",
                "selected": True,
                "can_choose": True,
            }
        ],
        "decide_url": "/decide",
        "version": 1,
    }


def workspace() -> dict[str, Any]:
    cap = block(
        0,
        "c1",
        "8.1",
        piece("limited to the Fees "),
        piece("paid", "deleted", ALICE),
        piece("payable", "inserted", ALICE),
        piece(" in a year."),
        highlights=[(11, 27, "f1", "high")],
    )
    losses = block(1, "c2", "8.2", piece("No indirect loss"), piece(" or data", "inserted", EDDA), piece("."))
    deep = block(2, "deep", "8.2.1", piece("Nothing here limits "), piece("fraud.", "silent_inserted", EDDA))
    renewal = block(3, "c3", "9", piece("Renews for two years."), highlights=[(11, 20, "f2", "medium")])
    return {
        "negotiation": {"title": "Harbour renewal", "url": "/n", "counterparty": "Harbour"},
        "contract": {"title": "Master Agreement", "url": "/c"},
        "version": {
            "number": 4,
            "label": "counterparty draft",
            "sent_at": datetime(2026, 11, 20, tzinfo=UTC),
        },
        "turn": {"number": 4, "whose": "ours", "since": None},
        "paper_word": "Their paper",
        "clauses": [
            {
                "id": "c1",
                "number": "8.1",
                "heading": "Cap",
                "depth": 1,
                "state": "outside",
                "block": "body:0",
            },
            {
                "id": "c2",
                "number": "8.2",
                "heading": "Losses",
                "depth": 1,
                "state": "theirs",
                "block": "body:1",
            },
            {"id": "c3", "number": "9", "heading": "Renewal", "depth": 1, "state": "open", "block": "body:3"},
            {"id": "", "number": "", "heading": "Insurance", "depth": 1, "state": "missing", "finding": "f3"},
        ],
        "summary": {"agreed": 0, "open": 3},
        "blocks": [cap, losses, deep, renewal],
        "sides": {ALICE: "ours", EDDA: "theirs"},
        "counts": {"changes": 4, "ours": 2, "theirs": 1, "silent": 1},
        "findings": [
            finding("f1", "c1", 0, "high"),
            finding("f2", "c3", 3, "medium"),
            finding("f3", "", None, "missing"),
        ],
        "progress": {"decided": 0, "total": 3, "waiting": 0},
        "may_edit": True,
        "may_comment": True,
        "comment_url": "/comment",
        "send_url": "/send",
    }


@pytest.fixture
def show(browser: Any, settings: Any) -> Iterator[Any]:
    """Opens the workspace at a width, answering every request from this process under the real policy."""
    settings.ROOT_URLCONF = "tests.ui.urls"
    answers = {"GET": (200, render_to_string("negotiation/contract.html", workspace()))}
    rules = configured.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    policy = "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())
    opened: list[Any] = []
    sent: list[tuple[str, str, str]] = []

    def answer(route: Any) -> None:
        path = route.request.url.removeprefix(SITE).split("#")[0]
        if path.startswith("/static/"):
            file = ROOT / path.lstrip("/")
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            route.fulfill(status=200, content_type=kind, body=file.read_bytes())
        else:
            status, html = answers[route.request.method]
            sent.append((route.request.method, path, route.request.post_data or ""))
            route.fulfill(
                status=status,
                content_type="text/html; charset=utf-8",
                headers={"Content-Security-Policy": policy},
                body=html,
            )

    def open_at(width: int = 1440, address: str = "/") -> Any:
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.complaints, page.answers, page.sent = [], answers, sent
        page.on("console", lambda said: page.complaints.append(said.text) if _is_ours(said) else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.route("**/*", answer)
        page.goto(SITE + address)
        page.wait_for_selector("#panel-changes[hidden]", state="attached")
        opened.append(page)
        return page

    yield open_at
    for page in opened:
        assert page.complaints == []
        page.close()


def _is_ours(said: Any) -> bool:
    # Chromium and htmx report every answer of 400 and above; that is the answer, not a fault of the page.
    return said.type == "error" and not any(
        words in said.text for words in ("the server responded with a status", "Response Status Error")
    )


def selected(page: Any) -> list[str | None]:
    """What each pane shows as selected: outline entry, paragraph number, issue."""
    return page.evaluate(
        """() => [
            '.outline-link[aria-current="true"] .outline-name', '.block.current .hung', '.issue.current h3'
        ].map((selector) => document.querySelector(selector)?.textContent ?? null)"""
    )


def shown_text(page: Any) -> str:
    return page.inner_text("#paper").replace("\n", " ")


def test_an_outline_entry_moves_the_paper(show: Any) -> None:
    page = show()
    page.click(".outline-link:has-text('Renewal')")
    assert selected(page)[:2] == ["Renewal", "9"]


def test_marked_words_open_their_issue(show: Any) -> None:
    page = show()
    page.click(".found[data-mark=f2]")
    assert selected(page) == ["Renewal", "9", "Finding f2"]
    assert page.is_visible("#issue-f2 [value=accept]")


def test_an_issue_moves_outline_and_paper(show: Any) -> None:
    page = show()
    page.click("#issue-f1 summary")
    assert selected(page) == ["Cap", "8.1", "Finding f1"]
    assert page.is_visible("#issue-f1 [value=accept]")
    page.click("#issue-f1 summary")
    assert not page.is_visible("#issue-f1 [value=accept]")


def test_a_missing_clause_leads_to_its_issue(show: Any) -> None:
    page = show()
    page.click(".outline-link:has-text('Insurance')")
    assert selected(page)[2] == "Finding f3"


def test_a_clause_too_deep_for_the_outline_counts_to_the_entry_above(show: Any) -> None:
    page = show()
    page.click("#paper p:has-text('Nothing here limits')", position={"x": 90, "y": 10})
    assert selected(page)[:2] == ["Losses", "8.2.1"]


@pytest.mark.parametrize(("name", "issue"), [("#issue-f2", "Finding f2"), ("#b-body:3", None)])
def test_an_address_opens_its_place(show: Any, name: str, issue: str | None) -> None:
    page = show(address=f"/{name}")
    assert selected(page)[1] == "9"
    if issue:
        assert selected(page)[2] == issue


def test_the_three_views_show_the_three_texts(show: Any) -> None:
    page = show()
    assert "paid" in shown_text(page)
    page.click("[data-set-markup=clean]")
    clean = shown_text(page)
    assert "limited to the Fees payable in a year." in clean
    assert "No indirect loss or data." in clean
    page.click("[data-set-markup=original]")
    original = shown_text(page)
    assert "limited to the Fees paid in a year." in original
    assert "No indirect loss." in original


def test_letters_step_through_issues_and_changes(show: Any) -> None:
    page = show()
    page.keyboard.press("j")
    assert selected(page)[2] == "Finding f1"
    page.keyboard.press("j")
    assert selected(page)[2] == "Finding f2"
    page.keyboard.press("k")
    assert selected(page)[2] == "Finding f1"
    page.keyboard.press("n")
    assert page.inner_text("del.current") == "paid"
    page.keyboard.press("n")
    assert page.inner_text("[data-change-at]") == "2"


def test_alt_and_arrow_say_author_and_words(show: Any) -> None:
    page = show()
    page.keyboard.press("Alt+ArrowDown")
    page.wait_for_selector("#announcer:not(:empty)", state="attached")
    assert page.inner_text("#announcer") == f"Deleted by {ALICE}: paid"


def test_letters_written_into_a_field_stay_letters(show: Any) -> None:
    page = show()
    page.keyboard.press("3")
    page.fill("#new-comment", "")
    page.focus("#new-comment")
    page.keyboard.type("jn?m")
    assert page.input_value("#new-comment") == "jn?m"
    assert page.get_attribute("#paper", "data-markup") == "all"


def test_single_letters_can_be_switched_off(show: Any) -> None:
    page = show()
    page.keyboard.press("?")
    page.uncheck("[data-single-keys]")
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    assert page.get_attribute("#paper", "data-markup") == "all"


def test_the_palette_filters_and_closes(show: Any) -> None:
    page = show()
    page.keyboard.press("Control+k")
    assert page.is_visible("#palette input")
    page.keyboard.type("no such place")
    page.wait_for_selector(".palette-none")  # once the server has looked too
    page.keyboard.press("Escape")
    assert not page.is_visible("#palette")


def test_the_chosen_colours_stay(show: Any) -> None:
    page = show()
    page.evaluate("localStorage.setItem('parley-theme', 'dark')")
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


@pytest.mark.parametrize("width", [1440, 1024, 760, 390, 320])
def test_nothing_is_wider_than_the_window(show: Any, width: int) -> None:
    page = show(width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_phone_shows_one_pane_at_a_time(show: Any) -> None:
    page = show(390)
    panes = {"outline": "#outline", "paper": "#paper", "side": "#side"}
    for name in ("side", "outline", "paper"):
        page.click(f"[data-set-pane={name}]")
        assert [pane for pane, place in panes.items() if page.is_visible(place)] == [name]
    page.click("[data-set-pane=outline]")
    page.click(".outline-link:has-text('Renewal')")
    assert page.is_visible("#paper")


def decided() -> dict[str, Any]:
    context = workspace()
    context["findings"][0] |= {"state": "accepted", "decided_by": ALICE, "decided_at": None}
    context["progress"]["decided"] = 1
    context["clauses"][0]["state"] = "agreed"
    return context


def test_a_decision_changes_card_progress_and_outline_and_keeps_the_selection(show: Any) -> None:
    page = show()
    page.answers["POST"] = (200, render_to_string("negotiation/contract.html", decided()))
    page.click("[data-set-markup=clean]")
    page.click("#issue-f1 summary")
    page.click("#issue-f1 [value=accept]")
    page.wait_for_selector("#issue-f1.is-decided")
    method, path, data = page.sent[-1]
    assert (method, path) == ("POST", "/decide")
    assert {"decision=accept", "rung=P", "version=1"} <= set(data.split("&"))
    assert "1 of 3 decided" in page.inner_text("#issue-progress")
    assert page.locator(".outline-link:has-text('Cap') .mark-agreed").count() == 1
    assert selected(page) == ["Cap", "8.1", "Finding f1"]
    assert page.get_attribute("#paper", "data-markup") == "clean"
    page.wait_for_selector("#announcer:has-text('Accepted')", state="attached")
    assert page.evaluate("document.activeElement.closest('.issue').id") == "issue-f1"


def test_a_lost_race_shows_who_was_faster(show: Any) -> None:
    page = show()
    page.answers["POST"] = (409, render_to_string("409.html", {"message": "Bo Chen decided this at 14:02."}))
    page.click("#issue-f1 summary")
    page.click("#issue-f1 [value=accept]")
    page.wait_for_selector("text=Bo Chen decided this at 14:02.")
    assert page.evaluate("document.activeElement.tagName") == "H1"


def test_an_answer_that_is_another_page_is_opened(show: Any) -> None:
    page = show()
    page.answers["POST"] = (200, "<html><h1>Sign in</h1></html>")
    page.answers["GET"] = (200, "<html><h1>Sign in</h1></html>")
    page.click("#issue-f1 summary")
    page.click("#issue-f1 [value=accept]")
    page.wait_for_selector("h1:has-text('Sign in')")
