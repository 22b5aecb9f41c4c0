"""The commands pipelines call: outputs, exit codes, nothing written on failure."""

import json
from pathlib import Path

import pytest

from redline.__main__ import main
from tests.redline.notation import doc


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "old.docx").write_bytes(doc("1. pay 30 days", ["a | b"]))
    (tmp_path / "new.docx").write_bytes(doc("1. pay 90 days", ["a | c"]))
    (tmp_path / "tracked.docx").write_bytes(doc("pay [-30-][+90+] days"))
    (tmp_path / "broken.docx").write_bytes(b"no")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([str(a) for a in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_text_prints_a_paragraph_a_line(files: Path, capsys) -> None:
    assert run(capsys, "text", files / "old.docx")[1] == "pay 30 days\na\nb\n"
    assert run(capsys, "text", files / "old.docx", "--numbers")[1].startswith("1. pay")
    assert run(capsys, "text", files / "tracked.docx", "--view", "original")[1] == "pay 30 days\n"


def test_blocks_prints_addresses_and_runs(files: Path, capsys) -> None:
    found = json.loads(run(capsys, "blocks", files / "old.docx", "--json")[1])
    assert [b["id"] for b in found] == ["body:0", "body:1", "body:2"]
    assert found[0]["runs"][0]["text"] == "pay 30 days"


def test_compare_resolve_and_changes_work_together(files: Path, capsys) -> None:
    out = files / "out.docx"
    code, printed, _ = run(capsys, "compare", files / "old.docx", files / "new.docx", "-o", out, "--json")
    assert code == 0
    assert json.loads(printed)["problems"] == []
    ids = [c["id"] for c in json.loads(run(capsys, "changes", out, "--json")[1])]
    assert run(capsys, "resolve", out, "-o", files / "done.docx", "--accept", *ids)[0] == 0
    assert run(capsys, "text", files / "done.docx")[1] == "pay 90 days\na\nc\n"


def test_apply_reads_edits_from_a_file(files: Path, capsys) -> None:
    (files / "edits.json").write_text(json.dumps([{"block": "body:0", "start": 4, "end": 6, "text": "60"}]))
    assert run(capsys, "apply", files / "old.docx", files / "edits.json", "-o", files / "out.docx")[0] == 0
    assert run(capsys, "text", files / "out.docx")[1].startswith("pay 60 days")


def test_a_refused_document_exits_3_and_writes_nothing(files: Path, capsys) -> None:
    out = files / "out.docx"
    code, printed, said = run(
        capsys, "compare", files / "broken.docx", files / "new.docx", "-o", out, "--json"
    )
    assert (code, printed) == (3, "")
    assert json.loads(said)["code"] == "not-a-docx"
    assert not out.exists()


def test_a_missing_file_is_wrong_use(files: Path, capsys) -> None:
    assert run(capsys, "text", files / "none.docx")[0] == 2


def test_an_unknown_command_is_wrong_use() -> None:
    with pytest.raises(SystemExit) as ending:
        main(["dance"])
    assert ending.value.code == 2
