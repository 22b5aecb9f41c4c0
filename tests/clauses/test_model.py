"""The trained models: the file is whole or refused, scores come apart, the rules are those trained with."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.reading_model.digests import digest_of_examples, digest_of_rules, digest_of_views
from benchmarks.reading_model.examples import examples
from benchmarks.reading_model.labelled import PARTS, kept_for_validation, part_of, without_part
from clauses import features, linear, sentences
from clauses.classify import section_type, section_view
from clauses.cli import main
from clauses.cuad import judged, predict, settle, views, whole_view
from clauses.features import heading_words, sentence_groups, tokens
from clauses.linear import MAGIC, MODEL_FILE, DamagedModel, dump, load, shipped
from clauses.ranking import Seen, chances, rank, score, there
from clauses.sentences import sentence_spans
from clauses.source import open_source
from tests.clauses.sample import AGREEMENT

SMALL = {
    "name": "tiny",
    "classes": ["a", "b"],
    "scales": [0.5, 0.25],
    "settings": {"chance": [1.0, 0.0]},
    "words": ["one", "two"],
    "arrays": {
        "first": ("u4", [0, 1, 3]),
        "columns": ("u1", [0, 0, 1]),
        "weights": ("i2", [4, -2, 8]),
        "rarity": ("u2", [3, 4]),
    },
}


def signed(body: bytes) -> bytes:
    return MAGIC + hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def test_what_is_written_is_read_back():
    model = load(dump([SMALL]))["tiny"]
    assert model.classes == ("a", "b")
    # "one" and "two" are 3 and 4 rare, so the vector is (0.6, 0.8): 0.6·4 - 0.8·2 = 0.8, times the scale.
    assert model.margins([(1.0, ["one", "two", "unknown"])]) == pytest.approx([0.4, 1.6])
    assert model.margins([(1.0, ["unknown"]), (2.0, [])]) == [0.0, 0.0]
    assert dump([SMALL]) == dump([SMALL])


def test_a_score_can_be_taken_apart():
    model = load(dump([SMALL]))["tiny"]
    groups = [(1.0, ["one", "two"])]
    reasons = model.reasons(groups, "a")
    assert [word for word, _ in reasons] == ["one", "two"]
    assert sum(worth for _, worth in reasons) == pytest.approx(model.margins(groups)[0])


@given(st.data())
def test_a_single_changed_byte_is_refused(data):
    good = dump([SMALL])
    place = data.draw(st.integers(0, len(good) - 1))
    bad = bytearray(good)
    bad[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(DamagedModel):
        load(bytes(bad))


@pytest.mark.parametrize("length", [0, 5, len(MAGIC), len(MAGIC) + 65, -1])
def test_a_cut_file_is_refused(length):
    with pytest.raises(DamagedModel):
        load(dump([SMALL])[:length])


@pytest.mark.parametrize(
    "change",
    [
        {"columns": ["u1", 10**9, 3]},
        {"columns": ["u1", 0, 2]},
        {"weights": ["pickle", 0, 3]},
        {"first": ["u4", 0, 2]},
    ],
)
def test_a_header_that_promises_what_is_not_there_is_refused_although_the_checksum_fits(change):
    body = dump([SMALL])[len(MAGIC) + 65 :]
    size = int.from_bytes(body[:4], "little")
    header = json.loads(body[4 : 4 + size])
    header["models"][0]["arrays"].update(change)
    new = json.dumps(header).encode()
    with pytest.raises(DamagedModel, match="header"):
        load(signed(len(new).to_bytes(4, "little") + new + body[4 + size :]))


def test_a_missing_file_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(linear, "MODEL_FILE", tmp_path / "reading.model")
    shipped.cache_clear()
    with pytest.raises(DamagedModel, match=r"reading\.model cannot be read"):
        shipped()
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": "s1", "text": "x"}\n', encoding="utf-8")
    assert main(["type", str(source), "-o", str(tmp_path / "out.jsonl")]) == 3
    assert json.loads(capsys.readouterr().err)["code"] == "damaged-model"
    shipped.cache_clear()


def test_the_shipped_file_is_small_and_holds_all_models():
    assert MODEL_FILE.stat().st_size <= 10_000_000
    assert len(shipped()["sentences"].classes) == 41
    assert shipped()["contracts"].classes == shipped()["sentences"].classes
    assert len(shipped()["sections"].classes) == 35
    assert "CC BY 4.0" in (MODEL_FILE.parent / "ATTRIBUTION.md").read_text(encoding="utf-8")


def test_the_report_speaks_of_the_shipped_file():
    digest = hashlib.sha256(MODEL_FILE.read_bytes()).hexdigest()
    assert digest in MODEL_FILE.with_suffix(".md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("key", "now"), [("rules", digest_of_rules), ("views", digest_of_views)])
def test_the_models_were_trained_with_what_they_see_now(key, now):
    """A changed rule, feature or sentence end is a changed model: train again (see docs/reading.md)."""
    assert {model.settings[key] for model in shipped().values()} == {now()}


def test_the_model_of_sentences_was_trained_with_the_examples_as_they_are():
    assert shipped()["sentences"].settings["examples"] == digest_of_examples()


def test_every_example_stands_for_categories_that_the_model_knows_and_stands_once():
    found = [(tuple(sorted(categories)), text) for categories, text in examples()]
    assert {name for names, _ in found for name in names} <= set(shipped()["sentences"].classes)
    assert len({text for _, text in found}) == len(found) > 900


def test_a_changed_feature_changes_the_digest(monkeypatch):
    before = digest_of_views()
    monkeypatch.setattr(features, "NEAR", features.NEAR - 1)
    assert digest_of_views() != before


def test_a_changed_sentence_end_changes_the_digest(monkeypatch):
    before = digest_of_views()
    monkeypatch.setattr(sentences, "_ABBREVIATIONS", frozenset())
    assert digest_of_views() != before


def test_reading_without_predictions_needs_no_model_file():
    code = (
        "import clauses, clauses.cli, clauses.linear as m; clauses.analyse('1. Fees. Customer shall pay.');"
        "assert m.shipped.cache_info().misses == 0"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


def test_a_clear_sentence_is_judged_and_the_words_are_named():
    text = "This Agreement shall be governed by and construed under the laws of the State of New York."
    (best,) = [r for r in predict(text) if r["category"] == "Governing Law"]
    assert (best["start"], best["end"], best["value"]) == (0, len(text), "New York")
    assert best["score"] >= 0.5
    source = open_source(text)
    (view,) = views(source, [(0, len(text))])
    words = [word for word, worth in shipped()["sentences"].reasons(view, "Governing Law") if worth > 0]
    assert any("governed" in word or word.startswith("r:Governing Law") for word in words)


def test_every_score_is_shown_or_unsure():
    rows = predict(AGREEMENT)
    assert rows
    for row in rows:
        assert 0 < row["score"] <= 1
        assert (row["band"] == "unsure") == (row["score"] < 0.5)


def limits(model):
    return model.settings["shown"]["contract"]


def test_categories_and_contract_are_judged_apart():
    """What one category finds does not depend on the others: every class has its own settings."""
    model = shipped()["sentences"]
    for found in (*(model.settings[key] for key in ("sentence", "others", "contract")), limits(model)):
        assert set(found) == set(model.classes)
    assert all(0 < limit < 0.6 for limit in limits(model).values())  # half of an F1, and a little
    source = open_source(AGREEMENT)
    assert set(judged(source, sentence_spans(source.plain))) == set(model.classes)


def seen(*margins, others=-1.2, length=150, whole=0.5):
    """A contract of a few sentences with margins for governing law; the other categories say the same."""
    classes = shipped()["sentences"].classes
    column = classes.index("Governing Law")
    rows = [[m if i == column else others for i in range(len(classes))] for m in margins]
    return Seen(rows, [length] * len(rows), classes, [whole] * len(classes))


def test_a_better_margin_never_gets_a_lower_score():
    settings = shipped()["sentences"].settings
    low, high = (rank(seen(-2.0, m, -2.0), settings, "Governing Law")[0] for m in (-0.2, 0.5))
    assert low.chance < high.chance
    assert low.score < high.score


def test_no_candidate_below_the_floor():
    settings = shipped()["sentences"].settings
    assert rank(seen(-3.0, -2.0), settings, "Governing Law") == []
    assert rank(seen(), settings, "Governing Law") == []


def test_what_is_not_shown_stays_below_one_half():
    assert score(0.9, False, 0.35) < 0.5 <= score(0.05, True, 0.35)
    assert score(0.35, True, 0.35) == 0.5
    rising = [score(p / 100, p >= 35, 0.35) for p in range(101)]
    assert rising == sorted(rising)
    assert (rising[0], rising[-1]) == (0.0, 1.0)


def test_a_clause_is_shown_in_the_contract_that_has_it_only():
    settings = shipped()["sentences"].settings
    assert [r.place for r in rank(seen(-1.5, 1.2, -1.5), settings, "Governing Law") if r.score >= 0.5] == [1]
    assert not any(r.score >= 0.5 for r in rank(seen(-1.5, -0.99, -1.5), settings, "Governing Law"))


def test_the_words_of_the_whole_contract_count_for_whether_it_has_a_clause():
    settings = shipped()["sentences"].settings

    def chance(whole):
        contract = seen(-1.5, 0.1, -1.5, whole=whole)
        return there(contract, chances(contract, settings, "Governing Law"), settings, "Governing Law")

    assert chance(-0.5) < chance(0.5) < chance(1.0)


def test_what_the_whole_contract_says_is_its_words_and_its_headings():
    source = open_source("1. Term of Lease\nThe term is two years.\n2. Rent\nRent is due.")
    (_, words), (_, headings) = whole_view(source, sentence_spans(source.plain))
    assert {"term", "years", "rent"} <= set(words)
    assert {"h:term", "h:lease", "h:rent"} <= set(headings)
    assert "h:years" not in headings


def dated(*scores):
    return [{"start": i, "category": "Effective Date", "score": s} for i, s in enumerate(scores)] + [
        {"start": 9, "category": "Parties", "score": 0.2}
    ]


@pytest.mark.parametrize(
    ("scores", "there", "after"),
    [
        ((0.3, 0.2), True, [0.5, 0.2, 0.2]),
        ((0.63, 0.2), True, [0.63, 0.2, 0.2]),
        ((0.63, 0.2), False, [0.49, 0.2, 0.2]),
        ((), True, [0.2]),
    ],
)
def test_a_date_is_shown_when_the_contract_is_judged_to_have_one(scores, there, after):
    rows = dated(*scores)
    settle(rows, "Effective Date", there)
    assert [row["score"] for row in rows] == after


def test_what_sentences_share_is_added_up_once_and_counts_for_all():
    model = load(dump([SMALL]))["tiny"]
    shared, own = (1.0, ["one"]), (1.0, ["two"])
    first, second = model.margins_each([[shared, own], [shared]])
    assert first == pytest.approx(model.margins([(1.0, ["one"]), (1.0, ["two"])]))
    assert second == pytest.approx(model.margins([(1.0, ["one"])]))
    other = next(model.margins_each([[(1.0, ["two"])]]))
    assert other == pytest.approx(model.margins([own]))


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("8.1 Assignment.", "Assignment"),
        ("LIMITATION OF LIABILITY", "LIMITATION OF LIABILITY"),
        ("ARTICLE IV Term and Termination", "Term and Termination"),
        ("The supplier shall deliver the goods", ""),
        ("x" * 200, ""),
    ],
)
def test_headings_above_a_sentence(sentence, words):
    assert heading_words(sentence) == words


def test_numbers_are_folded():
    assert (
        tokens("$1,200.50 within 30 days") == tokens("$9 within 4 days") == ["$", "0", "within", "0", "days"]
    )


@given(st.text(max_size=300))
def test_any_text_gets_types_and_features(text):
    ranked = section_type(text)
    assert len(ranked) == 35
    assert [s for _, s in ranked] == sorted((s for _, s in ranked), reverse=True)
    for _, found in section_view(text):
        assert len(found) == len(set(found))
    words = tokens(text)
    assert list(sentence_groups(words, (words, words), [], ([], []), "@0"))


def test_every_validation_contract_is_in_one_part_and_no_other_contract_is_in_any():
    names = [f"Contract {number}" for number in range(700)]
    assert {part_of(name) for name in names if kept_for_validation(name)} == set(range(PARTS))
    assert {part_of(name) for name in names if not kept_for_validation(name)} == {-1}
    assert len({without_part(part) for part in range(PARTS)}) == PARTS
