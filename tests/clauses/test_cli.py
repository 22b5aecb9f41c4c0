"""Commands: JSON that parses, exit codes that hold, nothing written on failure."""

import gzip
import json

import pytest

from clauses.cli import main
from tests.clauses.sample import AGREEMENT


@pytest.fixture
def contract(tmp_path):
    path = tmp_path / "contract.txt"
    path.write_text(AGREEMENT, encoding="utf-8")
    return path


def test_analyse_prints_one_document_with_every_list(contract, capsys):
    assert main(["analyse", str(contract), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"clauses", "facts", "parties", "definitions", "references", "obligations"}
    fact = found["facts"][0]
    assert {"kind", "value", "unit", "start", "end", "quote", "band"} <= set(fact)
    assert AGREEMENT[fact["start"] : fact["end"]] == fact["quote"]
    assert {"id", "number", "heading", "start", "end", "types"} <= set(found["clauses"][0])


def test_the_same_file_gives_the_same_bytes(contract, capsys):
    outs = []
    for _ in range(2):
        main(["analyse", str(contract), "--json"])
        outs.append(capsys.readouterr().out)
    assert outs[0] == outs[1]


def test_check_quotes_places(contract, capsys):
    assert main(["check", str(contract), "--json"]) == 0
    issues = json.loads(capsys.readouterr().out)["issues"]
    assert {"words_and_figures", "broken_reference", "blank"} <= {i["code"] for i in issues}
    assert all(AGREEMENT[p["start"] : p["end"]] == p["quote"] for i in issues for p in i["places"])


def test_without_json_it_prints_lines_for_a_person(contract, capsys):
    assert main(["analyse", str(contract)]) == 0
    assert "LIMITATION OF LIABILITY" in capsys.readouterr().out
    assert main(["check", str(contract)]) == 0
    assert "words_and_figures" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("gone.txt", None, "not-found"),
        ("latin.txt", "Müller".encode("latin-1"), "not-utf8"),
        ("image.txt", b"\x89PNG\x00\x00", "not-text"),
        ("broken.docx", b"PK\x03\x04 no zip", None),
    ],
)
def test_a_bad_file_is_refused_in_words(tmp_path, capsys, name, data, code):
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    assert main(["analyse", str(path), "--json"]) == 3
    out, err = capsys.readouterr()
    refusal = json.loads(err)
    assert out == ""
    assert refusal["message"].endswith(".")
    assert code is None or refusal["code"] == code


def test_wrong_use_is_two(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["analyse"])
    assert stop.value.code == 2


def test_predict_writes_candidates_with_scores(tmp_path):
    source, out = tmp_path / "in.jsonl.gz", tmp_path / "out.jsonl"
    with gzip.open(source, "wt", encoding="utf-8") as handle:
        handle.write(json.dumps({"contract_id": "a", "text": AGREEMENT}) + "\n")
    assert main(["predict", str(source), "-o", str(out)]) == 0
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    by_category = {r["category"]: r for r in sorted(rows, key=lambda r: r["score"])}
    assert by_category["Governing Law"]["value"] == "England and Wales"
    assert by_category["Agreement Date"]["value"] == "2024-03-03"
    assert by_category["Document Name"]["start"] == 0
    assert {
        "Anti-Assignment",
        "Cap on Liability",
        "Renewal Term",
        "Termination for Convenience",
        "Parties",
    } <= set(by_category)
    assert all(0 <= r["start"] < r["end"] <= len(AGREEMENT) and 0 < r["score"] <= 1 for r in rows)


def test_type_writes_one_line_for_each_section(tmp_path):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    # A form feed and a Unicode line end inside the text are no line ends of the file.
    source.write_text(
        json.dumps({"id": "s1", "text": "Governed by the\x0claws\u2028of Ohio."}, ensure_ascii=False) + "\n",
        encoding="utf-8",
    )
    assert main(["type", str(source), "-o", str(out)]) == 0
    (row,) = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert (row["id"], row["type"]) == ("s1", "governing_law")


def test_nothing_is_written_when_a_line_is_bad(tmp_path, capsys):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": "s1", "text": "x"}\n{broken\n', encoding="utf-8")
    assert main(["type", str(source), "-o", str(out)]) == 3
    assert json.loads(capsys.readouterr().err)["message"] == "Line 2 is not JSON."
    assert list(tmp_path.iterdir()) == [source]
