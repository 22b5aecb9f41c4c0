"""Broken copies of good documents: the gate answers or refuses, and does nothing else."""

import random
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from redline.errors import Refused
from redline.gate import check
from redline.notices import GateReport
from tests.redline.crafted import dele, docx, field, ins, pack, para, parts, run, style, styles
from tests.redline.mutants import Escaped, guarded, judge
from tests.redline.mutants import mutants as mutants_of_documents

SEED = 20260301


@cache
def seeds() -> tuple[bytes, ...]:
    body = (
        para(run("1. Payment within ") + dele("30", number=1) + ins(run("60"), number=2) + run(" days.")),
        para(field("DATE") + run("secret", "<w:vanish/>"), '<w:pStyle w:val="H"/>'),
        "<w:tbl><w:tblPr/><w:tr><w:tc><w:tcPr/>" + para("EUR 1,000") + "</w:tc></w:tr></w:tbl>",
    )
    made = parts(*body, extra={"word/styles.xml": styles(style("H", "<w:b/>"))})
    return docx(*body), pack(made), pack(made, 0)


def mutants(count: int, seed: int) -> Iterator[bytes]:
    """Bit flips, cuts, splices, repeats and overwritten numbers; stored parts let them reach the XML."""
    chance = random.Random(seed)
    for _ in range(count):
        data = bytearray(chance.choice(seeds()))
        for _ in range(chance.choice((1, 1, 2, 5))):
            at = chance.randrange(len(data))
            match chance.randrange(6):
                case 0:
                    data[at] ^= 1 << chance.randrange(8)
                case 1:
                    del data[at : at + chance.randrange(1, 64)]
                case 2:
                    other = chance.choice(seeds())
                    start = chance.randrange(len(other))
                    data[at:at] = other[start : start + chance.randrange(1, 400)]
                case 3:
                    data[at : at + 4] = chance.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f"))
                case 4:
                    data[at : at + 1] = chance.choice((b"<", b">", b'"', b"&", b"\0", b"/"))
                case _:
                    data = data[:at] if chance.random() < 0.3 else data + data[at : at + 40]
            if not data:
                data = bytearray(b"P")
        yield bytes(data)


def xml_mutants(count: int, seed: int) -> Iterator[bytes]:
    """The container stays sound, so that the parser and the scans meet the damage."""
    chance = random.Random(seed)
    made = parts(
        para(ins(run("a")) + dele("b")),
        para(
            run("x", '<w:sz w:val="20"/><w:color w:val="123456"/>'),
            '<w:spacing w:line="240" w:lineRule="exact"/>',
        ),
        extra={"word/styles.xml": styles(style("H", "<w:b/>"))},
    )
    words = (
        'w:val="',
        "w:id=",
        "<w:ins",
        "<w:del",
        "</w:p>",
        "<w:p>",
        "20",
        "w:date",
        "rId",
        "Target=",
        "w:t",
    )
    for _ in range(count):
        changed = dict(made)
        name = chance.choice(sorted(changed))
        text = str(changed[name])
        old, new = (
            chance.choice(words),
            chance.choice((*words, "", "-99999999999999999999", "ZZ", "\u202e", "1e999")),
        )
        places = text.count(old)
        if places:
            pieces = text.split(old)
            cut = chance.randrange(places)
            text = old.join(pieces[: cut + 1]) + new + old.join(pieces[cut + 1 :])
        changed[name] = text
        yield pack(changed)


def answers_or_refuses(data: bytes) -> None:
    try:
        report = check(data)
    except Refused as refused:
        if not (refused.code and refused.message):
            pytest.fail("a refusal without a code or a sentence")
    else:
        assert isinstance(report, GateReport)


def test_sixty_mutants_of_each_sort_are_answered():
    for data in mutants(60, SEED):
        answers_or_refuses(data)
    for data in xml_mutants(60, SEED):
        answers_or_refuses(data)


@pytest.mark.slow
def test_two_thousand_mutants_of_each_sort_are_answered():
    for data in mutants(2_000, SEED + 1):
        answers_or_refuses(data)
    for data in xml_mutants(2_000, SEED + 1):
        answers_or_refuses(data)


def test_sixty_damaged_documents_are_taken_by_the_whole_engine() -> None:
    for original, data in mutants_of_documents(60):
        with guarded():
            judge(original, data)


@pytest.mark.slow
def test_two_thousand_damaged_documents_are_taken_by_the_whole_engine() -> None:
    for original, data in mutants_of_documents(2_000):
        with guarded():
            judge(original, data)


def test_what_a_damaged_document_may_not_do_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(Escaped), guarded():
        (tmp_path / "outside").write_bytes(b"x")
    with pytest.raises(TimeoutError), guarded(seconds=1):
        time.sleep(5)
    assert list(tmp_path.iterdir()) == []
