"""The sample contracts are sound Word files, and the story told about them is true to their text."""

import functools
import io
import re
import zipfile

import docx
import pytest
from lxml import etree

from config.demo import contracts, story
from config.demo.contracts import source
from config.demo.story_model import Deal, Place, Stage
from redline.gate import check
from tests import libreoffice

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SLUGS = [entry.slug for entry in contracts.catalogue()]
PRIYA = "Priya Shah (Harbour Cloud)"
DATE = "2026-11-20T10:00:00Z"


built = functools.cache(contracts.build)


@functools.cache
def paragraphs(data: bytes, *, view: str = "accepted") -> list[str]:
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    gone, tag = (f"{W}del", f"{W}t") if view == "accepted" else (f"{W}ins", f"{W}delText")
    lines = []
    for paragraph in root.iter(f"{W}p"):
        parts = []
        for node in paragraph.iter(f"{W}t", tag):
            if not any(above.tag == gone for above in node.iterancestors()):
                parts.append(node.text or "")
        lines.append("".join(parts))
    return lines


def test_the_catalogue_names_eight_contracts_on_both_sides_paper():
    assert len(SLUGS) == len(set(SLUGS)) == 8
    assert {entry.paper for entry in contracts.catalogue()} == {"ours", "theirs"}
    assert all(entry.file_name.endswith(".docx") for entry in contracts.catalogue())


@pytest.mark.parametrize("slug", SLUGS)
def test_a_contract_is_the_same_bytes_every_time(slug):
    assert contracts.build(slug) == built(slug)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_contract_opens_as_a_word_file_with_header_and_page_numbers(slug):
    data = built(slug)
    document = docx.Document(io.BytesIO(data))
    title = source.load(slug).facts["title"]
    assert document.core_properties.title == title == contracts.contract(slug).title
    assert title in document.sections[0].header.paragraphs[0].text
    footer = etree.tostring(document.sections[0].footer._element, encoding="unicode")
    assert " PAGE " in footer
    assert " NUMPAGES " in footer
    assert len(document.tables) >= 2  # its schedule and its signature block


@pytest.mark.parametrize("slug", SLUGS)
def test_the_gate_lets_a_contract_in_without_a_notice(slug):
    report = check(built(slug))
    assert report.warnings == ()
    assert report.tracked_changes == 0


@pytest.mark.parametrize("slug", SLUGS)
def test_no_number_is_typed_and_every_list_level_has_its_style(slug):
    document = docx.Document(io.BytesIO(built(slug)))
    for paragraph in document.paragraphs:
        assert not re.match(r"\s*(\d+(\.\d+)*[.)]?|\([a-z]{1,3}\))\s", paragraph.text), paragraph.text
    numbering = document.part.numbering_part.element
    linked = {node.get(f"{W}val") for node in numbering.iter(f"{W}pStyle")}
    assert {"Heading1", "ClauseLevel2", "ClauseLevel3", "ScheduleHeading"} <= linked


@pytest.mark.parametrize("slug", SLUGS)
def test_every_reference_points_to_a_number_the_contract_has(slug):
    """Count the numbers again from the Word file and look each reference up among them."""
    document = docx.Document(io.BytesIO(built(slug)))
    main, scheduled = numbers(document)
    for paragraph in document.paragraphs:
        for number in re.findall(r"[Cc]lauses? (\d+(?:\.\d+)?(?:\([a-z]\))?)", paragraph.text):
            assert number in main, paragraph.text
        for number, word in re.findall(r"paragraph (\d+\.\d+) of ((?:Schedule|Annex) \d+)", paragraph.text):
            assert (word, number) in scheduled, paragraph.text
        for word in re.findall(r"(?:Schedule|Annex) \d+", paragraph.text):
            assert (word, "") in scheduled, paragraph.text


def numbers(document) -> tuple[set[str], set[tuple[str, str]]]:
    main, scheduled = set(), set()
    clause, inner, schedule = [0, 0, 0], [0, 0, 0], ""
    word = (
        "Annex"
        if "Annex %1" in etree.tostring(document.part.numbering_part.element, encoding="unicode")
        else "Schedule"
    )
    depth = {"Heading 1": 0, "Clause Level 2": 1, "Clause Level 3": 2}
    inner_depth = {"Schedule Level 1": 0, "Schedule Level 2": 1, "Schedule Level 3": 2}
    count = 0
    for paragraph in document.paragraphs:
        name = paragraph.style.name
        if name == "Schedule Heading":
            count += 1
            schedule, inner = f"{word} {count}", [0, 0, 0]
            scheduled.add((schedule, ""))
        elif name in depth:
            main.add(step(clause, depth[name]))
        elif name in inner_depth:
            scheduled.add((schedule, step(inner, inner_depth[name])))
    return main, scheduled


def step(counter: list[int], level: int) -> str:
    counter[level] += 1
    counter[level + 1 :] = [0] * (2 - level)
    return (
        str(counter[0])
        + (f".{counter[1]}" if level else "")
        + (f"({chr(96 + counter[2])})" if level == 2 else "")
    )


@pytest.mark.parametrize("slug", SLUGS)
def test_every_defined_term_is_used_and_definitions_stand_in_order(slug):
    document = docx.Document(io.BytesIO(built(slug)))
    whole = "\n".join(paragraphs(built(slug)))
    terms = []
    for paragraph in document.paragraphs:
        if paragraph.style.name == "Definition":
            terms.append(re.match("“([^”]+)”", paragraph.text).group(1))
    assert terms == sorted(terms, key=str.lower)
    for term in terms:
        assert len(re.findall(rf"\b{term}", whole)) > 1, term


SPOKEN = (
    "one 1, two 2, three 3, four 4, five 5, six 6, seven 7, eight 8, nine 9, ten 10, twelve 12, fourteen 14,"
    " fifteen 15, twenty 20, twenty-one 21, twenty-four 24, thirty 30, thirty-six 36, forty-five 45,"
    " fifty 50, sixty 60, seventy-two 72, eighty-five 85, ninety 90, one hundred and twenty 120,"
    " one hundred and eighty 180, two hundred 200"
)


@pytest.mark.parametrize("slug", SLUGS)
def test_words_and_figures_agree(slug):
    words = {spoken.rsplit(" ", 1)[0]: int(spoken.rsplit(" ", 1)[1]) for spoken in SPOKEN.split(", ")}
    for line in paragraphs(built(slug)):
        for before, figure in re.findall(r"([A-Za-z -]+?)(?: per cent)? \((\d+)%?\)", line):
            stem = before.strip().lower()
            spoken = max((word for word in words if re.search(rf"(^|\s){word}$", stem)), key=len)
            assert words[spoken] == int(figure), line


def test_the_sums_in_the_fee_tables_add_up():
    for slug in (
        "master-saas-agreement",
        "support-and-maintenance-agreement",
        "software-licence",
        "professional-services-sow",
    ):
        tables = [block for block in source.load(slug).blocks if isinstance(block, source.Table)]
        table = next(table for table in tables if any("Total" in cell for row in table.rows for cell in row))
        sums = [int(re.sub(r"\D", "", row[-1])) for row in table.rows[1:]]
        assert sum(sums[:-1]) == sums[-1]
        for row in table.rows[1:-1]:
            if len(row) == 4:
                assert int(row[1]) * int(re.sub(r"\D", "", row[2])) == int(re.sub(r"\D", "", row[3]))


def test_an_unknown_reference_is_refused():
    with pytest.raises(contracts.SourceError, match="nowhere"):
        source.parse("title: T\n\n# Terms\n## See clause {nowhere}.")


def test_a_table_out_of_shape_is_refused():
    with pytest.raises(contracts.SourceError, match="rows or widths"):
        source.parse("title: T\n\ntable: 50 50\n| a | b |\n| c |")


def test_an_unknown_contract_is_a_key_error():
    with pytest.raises(KeyError):
        contracts.build("no-such-contract")


def back(sent: bytes, *, tracked=(), silent=(), author=PRIYA) -> bytes:
    return contracts.returned(sent, tracked=tracked, silent=silent, author=author, date=DATE)


def marks(data: bytes) -> list[tuple[str, str, str]]:
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    return [
        (node.tag.removeprefix(W), node.get(f"{W}author"), "".join(node.itertext()))
        for node in root.iter(f"{W}ins", f"{W}del")
    ]


@pytest.mark.parametrize(
    ("find", "replace", "expected"),
    [
        (
            "at least ninety (90) days’ notice",
            "at least sixty (60) days’ notice",
            [("del", "ninety (90)"), ("ins", "sixty (60)")],
        ),
        ("on the Effective Date and continues", "on the Effective Date and so continues", [("ins", "so ")]),
        ("sole and exclusive remedy", "sole remedy", [("del", "and exclusive ")]),
        ("law of England and Wales", "law of Germany", [("del", "England and Wales"), ("ins", "Germany")]),
    ],
)
def test_a_tracked_edit_marks_the_words_that_differ(find, replace, expected):
    data = back(built("master-saas-agreement"), tracked=[(find, replace)])
    assert [(kind, words) for kind, _, words in marks(data)] == expected
    assert {author for _, author, _ in marks(data)} == {PRIYA}


def test_tracked_edits_read_as_the_new_text_and_reject_to_the_old():
    sent = built("master-saas-agreement")
    data = back(sent, tracked=[("at least ninety (90) days’ notice", "at least sixty (60) days’ notice")])
    assert any("at least sixty (60) days’ notice" in line for line in paragraphs(data))
    assert paragraphs(data, view="original") == paragraphs(sent)


def test_a_silent_edit_leaves_no_mark_and_only_its_words_change():
    sent = built("master-saas-agreement")
    data = back(sent, silent=[("For thirty (30) days after the end", "For ten (10) days after the end")])
    assert marks(data) == []
    changed = [(a, b) for a, b in zip(paragraphs(sent), paragraphs(data), strict=True) if a != b]
    assert [(a.replace("thirty (30)", "ten (10)", 1)) for a, _ in changed] == [b for _, b in changed]


def test_every_part_but_the_body_comes_back_unchanged():
    sent = built("mutual-nda")
    data = back(sent, silent=[("three (3) years", "five (5) years")])
    old, new = zipfile.ZipFile(io.BytesIO(sent)), zipfile.ZipFile(io.BytesIO(data))
    assert old.namelist() == new.namelist()
    assert [name for name in old.namelist() if old.read(name) != new.read(name)] == ["word/document.xml"]


def test_a_change_over_a_run_boundary_and_in_a_table_cell_is_possible():
    sent = built("mutual-nda")
    data = back(
        sent,
        tracked=[("“Purpose” means deciding", "“Project” means deciding"), ("Not expected", "On request")],
    )
    assert any(line.startswith("“Project” means deciding whether") for line in paragraphs(data))
    assert paragraphs(data, view="original") == paragraphs(sent)


def test_a_second_hand_marks_its_change_inside_the_first_ones_insertion():
    ours = ("a further period of twenty-four (24) months", "a further period of twelve (12) months or less")
    first = back(built("master-saas-agreement"), author="Bo", tracked=[ours])
    second = back(first, tracked=[("of twelve (12) months or less", "of eighteen (18) months or less")])
    assert any("a further period of eighteen (18) months or less" in line for line in paragraphs(second))
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(second)).read("word/document.xml"))
    assert not [node for node in root.iter(f"{W}ins") if node.getparent().tag == f"{W}ins"]
    ids = [node.get(f"{W}id") for node in root.iter(f"{W}ins", f"{W}del")]
    assert {author for _, author, _ in marks(second)} == {"Bo", PRIYA}
    assert len(ids) == len(marks(second))


@pytest.mark.parametrize("find", ["words that stand nowhere", "the Provider"])
def test_words_that_stand_nowhere_or_often_are_refused(find):
    with pytest.raises(contracts.NotFound, match="must stand once"):
        back(built("master-saas-agreement"), tracked=[(find, "x")])


def test_the_story_has_one_deal_in_each_stage_and_six_people():
    assert [deal.stage for deal in story.DEALS] == list(Stage)
    assert len({person.email for person in story.PEOPLE}) == 6
    assert {slug for deal in story.DEALS for slug in deal.contracts} == set(SLUGS)


def places(deal: Deal) -> list[Place]:
    records = (*deal.decisions, *deal.remarks, *deal.asks, *deal.duties)
    return [record.place for record in records]


@pytest.mark.parametrize("deal", story.DEALS, ids=lambda deal: deal.key)
def test_every_quote_of_the_story_stands_once_in_its_contract(deal):
    for place in places(deal):
        assert place.contract in deal.contracts
        text = "\n".join(paragraphs(built(place.contract)))
        assert text.count(place.quote) == 1, place.quote


@pytest.mark.parametrize("deal", story.DEALS, ids=lambda deal: deal.key)
def test_every_turn_of_the_story_can_be_made_from_the_turn_before(deal):
    for slug in deal.contracts:
        data = built(slug)
        for turn in deal.turns:
            if turn.contract == slug:
                before = paragraphs(data)
                data = back(data, tracked=turn.tracked, silent=turn.silent, author=turn.by)
                assert (paragraphs(data) != before) == bool(turn.tracked or turn.silent)


@pytest.mark.parametrize("deal", story.DEALS, ids=lambda deal: deal.key)
def test_the_people_of_the_story_exist_and_its_days_make_sense(deal):
    for remark in deal.remarks:
        if remark.audience == "internal":
            story.person(remark.by)  # the other side never sees these, so it never wrote one
        assert remark.by in {one.key for one in (*story.PEOPLE, *story.GUESTS)}
        assert deal.opened_day <= remark.day <= 0
    for decision in deal.decisions:
        assert (decision.outcome == "open") == (decision.day is None)
        if decision.edit:
            text = "\n".join(paragraphs(built(decision.place.contract)))
            assert text.count(decision.edit[0]) == 1
    for ask in deal.asks:
        assert story.person(ask.asked_by) != story.person(ask.approver)
        assert (ask.status == "pending") == (ask.decided_day is None)
    for turn in deal.turns:
        assert (turn.by in {one.key for one in story.PEOPLE}) == (turn.side == "us")
    assert deal.opened_day <= deal.stage_day <= 0
    assert [turn.day for turn in deal.turns] == sorted(turn.day for turn in deal.turns)


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("slug", "fewest", "most"),
    [
        ("master-saas-agreement", 10, 15),
        ("mutual-nda", 4, 6),
        ("evaluation-nda", 8, 9),
        ("data-processing-agreement", 8, 10),
        ("professional-services-sow", 8, 10),
        ("support-and-maintenance-agreement", 8, 9),
        ("software-licence", 8, 10),
        ("hosting-order-form", 2, 4),
    ],
)
def test_a_contract_has_the_length_of_a_real_one(slug, fewest, most, tmp_path):
    file = tmp_path / "contract.docx"
    file.write_bytes(built(slug))
    printed = libreoffice.convert_to_pdf(file, tmp_path)
    pages = libreoffice.pdf_text(printed).count("\f")
    assert fewest <= pages <= most


@pytest.mark.libreoffice
def test_libreoffice_reads_the_tracked_edits_by_author_and_no_silent_one(tmp_path):
    turns = [turn for turn in story.DEALS[3].turns if turn.tracked]
    data = built("master-saas-agreement")
    for turn in turns:
        data = back(data, tracked=turn.tracked, silent=turn.silent, author=turn.by)
    file = tmp_path / "returned.docx"
    file.write_bytes(data)
    seen = libreoffice.uno_texts_by_author(file)
    assert set(seen) == {"bo", "priya"}
    assert "".join(seen["priya"]["insert"]) == "".join(
        words for kind, author, words in marks(data) if kind == "ins" and author == "priya"
    )
    assert not any(
        "ten (10)" in words for side in seen.values() for texts in side.values() for words in texts
    )
