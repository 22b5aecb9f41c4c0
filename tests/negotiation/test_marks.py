"""Marks on the page: what we put back, what they changed without a mark, and whose each mark is."""

import re

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

import redline
from negotiation import untracked, workspace
from negotiation.markup import draw
from negotiation.models import Block, Change
from negotiation.services import draft
from tests.negotiation.deal import (
    RETURN,
    SECRECY,
    THEIR_NAME,
    arrives,
    bytes_of,
    send,
    settle_everything,
    they_change_silently,
    they_track,
)

US, THEM = "Northgate", "Harbour"


def paragraph(*pieces: tuple[str, str, str]) -> Block:
    """(text, state, author) …"""
    read = [{"text": text, "state": state, "author": author} for text, state, author in pieces]
    text = "".join(one["text"] for one in read if one["state"] not in ("deleted", "moved_from"))
    return Block(address="body:1", text=text, pieces=read, part="body", kind="paragraph", start=0)


def unmarked(before: str, after: str, kind: str = "text") -> Change:
    return Change(kind=kind, block="body:1", before=before, after=after)


def shown(drawn) -> list[tuple[str, str, str]]:
    return [
        (piece.text, ("silent " if getattr(piece, "silent", False) else "") + piece.state, piece.author)
        for one in drawn
        for piece in one.pieces
    ]


def test_what_is_put_back_stands_where_it_stood_inside_our_own_insertion() -> None:
    row = paragraph(("Available for 95% of each month.", "inserted", US))
    start = row.text.index("95%")
    edit = {"op": "replace", "block": "body:1", "start": start, "end": start + 3, "text": "99.9%"}
    assert shown(draw([row], [edit], author=US)) == [
        ("Available for ", "inserted", US),
        ("95%", "deleted", US),
        ("99.9%", "inserted", US),
        (" of each month.", "inserted", US),
    ]


def test_an_untracked_change_is_theirs_and_said_to_be_untracked() -> None:
    row = paragraph(("Resolve it within 90 days.", "same", ""))
    change = unmarked("Resolve it within 15 days.", "Resolve it within 90 days.")
    drawn = draw([row], [], author=US, silent=[change], their_name=THEM)
    assert shown(drawn) == [
        ("Resolve it within ", "same", ""),
        ("15", "silent deleted", THEM),
        ("90", "silent inserted", THEM),
        (" days.", "same", ""),
    ]


def test_an_untracked_change_inside_our_insertion_is_not_ours() -> None:
    row = paragraph(("Pay. ", "same", ""), ("Within ten days of receipt.", "inserted", US))
    change = unmarked("Within forty days of receipt.", "Within ten days of receipt.", "our_change_altered")
    drawn = draw([row], [], author=US, silent=[change], their_name=THEM)
    assert ("ten", "silent inserted", THEM) in shown(drawn)
    assert ("forty", "silent deleted", THEM) in shown(drawn)
    assert not any("ten" in text and author == US for text, _state, author in shown(drawn))


def test_a_paragraph_added_or_taken_out_without_a_mark_is_shown() -> None:
    row = paragraph(("A new duty.", "same", ""))
    added = unmarked("", "A new duty.", "text_added")
    removed = unmarked("An old right.", "", "text_removed")
    drawn = draw([row], [], author=US, silent=[added, removed], their_name=THEM)
    assert shown(drawn) == [
        ("A new duty.", "silent inserted", THEM),
        ("An old right.", "silent deleted", THEM),
    ]
    assert [one.row is None for one in drawn] == [False, True]


def test_words_they_changed_beside_a_tracked_change_are_found_too() -> None:
    row = paragraph(
        ("Within 90 days ", "same", ""), ("or later", "inserted", THEM), (" it ends.", "same", "")
    )
    change = unmarked("Within 15 days  it ends.", "Within 90 days  it ends.")
    drawn = draw([row], [], author=US, silent=[change], their_name=THEM)
    assert ("90", "silent inserted", THEM) in shown(drawn)
    assert ("or later", "inserted", THEM) in shown(drawn)


WORDS = st.lists(st.sampled_from(["pay", "fee", "ten", "days", "not", "all"]), max_size=7).map(" ".join)


@given(before=WORDS, after=WORDS, cut=st.integers(0, 20))
def test_marking_what_was_not_tracked_changes_no_word_of_the_text(before: str, after: str, cut: int) -> None:
    pieces = (redline.Piece(text=after[:cut]), redline.Piece(text=after[cut:], state="inserted", author=US))
    marked = untracked.marked(pieces, [unmarked(before, after)], THEM)
    assert "".join(one.text for one in marked if one.in_accepted) == after


@pytest.mark.django_db
def test_the_page_marks_untracked_words_as_theirs_until_they_are_put_back(deal, as_) -> None:
    settle_everything(deal)
    sent = bytes_of(send(deal))
    version = arrives(deal, they_change_silently(sent, ("ten (10)", "sixty (60)")))
    page = as_(deal.who.alice).get(deal.contract.get_absolute_url()).content.decode()
    text = page[page.index('id="paper"') :]
    assert 'class="theirs silent' in text
    assert f"Inserted without a mark by {deal.negotiation.their_side().name}" in text
    change = version.changes.get(origin="untracked", block=deal.block("sixty (60)").address)
    draft.decide_change(change=change, accept=False, by=deal.who.alice, seen=change.version)
    page = as_(deal.who.alice).get(deal.contract.get_absolute_url()).content.decode()
    paper = page[page.index('id="paper"') : page.index('id="side"')]
    assert "without a mark" not in paper
    assert 'class="ours' in paper


@pytest.mark.django_db
def test_our_marks_are_ours_also_where_they_carry_the_senders_name(deal, as_) -> None:
    deal.who.ours.change_author = "person"
    deal.who.ours.save()
    settle_everything(deal)
    block = deal.block(RETURN)
    draft.edit_clause(
        clause=deal.clause(RETURN),
        version=deal.version(),
        texts={block.address: RETURN.replace("ten (10)", "five (5)")},
        by=deal.who.alice,
        reason="",
    )
    arrives(deal, bytes_of(send(deal)))
    page = as_(deal.who.alice).get(deal.contract.get_absolute_url()).content.decode()
    paper = page[page.index('id="paper"') : page.index('id="side"')]
    assert 'class="ours' in paper
    assert 'class="theirs' not in paper
    assert THEIR_NAME not in paper


def context_of(deal):
    rows = workspace.fetch(deal.contract, deal.version())
    return workspace.context(rows, may_edit=True, approvals={})


def edited(deal, words: str, old: str, new: str) -> None:
    block = deal.block(words)
    draft.edit_clause(
        clause=deal.clause(words),
        version=deal.version(),
        texts={block.address: block.text.replace(old, new)},
        by=deal.who.alice,
        reason="",
    )


@pytest.mark.django_db
def test_a_sent_version_counts_and_lists_our_marks(deal) -> None:
    edited(deal, RETURN, "ten (10)", "five (5)")
    edited(deal, SECRECY, "seven", "three")
    settle_everything(deal)
    send(deal)
    page = context_of(deal)
    assert page["counts"]["ours"] == len([c for c in page["changes"] if c["side"] == "ours"]) >= 2
    assert page["counts"]["changes"] == page["counts"]["ours"] == page["counts"]["listed"]
    assert {change["state"] for change in page["changes"]} == {"sent"}
    assert not any(change["decide_url"] for change in page["changes"])


@pytest.mark.django_db
def test_changes_are_listed_in_the_order_of_the_document_not_of_the_clicks(deal) -> None:
    edited(deal, RETURN, "ten (10)", "five (5)")
    edited(deal, SECRECY, "seven", "three")
    listed = context_of(deal)["changes"]
    assert ["three" in str(one["pieces"]) for one in listed] == [True, False]
    assert {one["side"] for one in listed} == {"ours"}


@pytest.mark.django_db
def test_their_changes_stand_between_ours_where_the_text_has_them(deal) -> None:
    edited(deal, RETURN, "ten (10)", "five (5)")
    settle_everything(deal)
    sent = bytes_of(send(deal))
    arrives(deal, they_track(sent, ("consent of the other", "approval of the other"), ("seven", "nine")))
    page = context_of(deal)
    sides = [one["side"] for one in page["changes"]]
    assert sides[0] == sides[-1] == "theirs"
    assert "ours" in sides
    assert page["counts"]["theirs"] == 2
    assert page["counts"]["ours"] == sides.count("ours")


@pytest.mark.django_db
def test_a_decision_brings_the_counts_and_the_list_of_changes_along(deal, as_) -> None:
    page = as_(deal.who.alice).get(deal.contract.get_absolute_url()).content.decode()
    swapped = re.search(r'hx-select-oob="([^"]*)"', page)
    assert swapped is not None
    for place in swapped[1].split(","):
        assert f'id="{place.removeprefix("#")}"' in page or place == "#messages"
    assert {"#legend", "#changes-shown", "#changes-count", "#changes-list"} <= set(swapped[1].split(","))


@pytest.mark.django_db
def test_a_version_is_called_by_whose_turn_it_was(deal, as_) -> None:
    settle_everything(deal)
    arrives(deal, bytes_of(send(deal)))
    address = reverse("negotiation:compare", args=[deal.contract.uuid])
    labels = [one["label"] for one in as_(deal.who.alice).get(address).context["versions"]]
    assert labels == ["1 · their turn 1", "2 · our turn 2, sent", "3 · their turn 3"]
    assert context_of(deal)["version"]["label"] == "their turn 3"
