"""The commands on a database that was never migrated."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from playbooks.library import shipped, shipped_names
from playbooks.yaml_format import dump, load
from tests.shared import SHARED, needs_shared

ROOT = Path(__file__).parents[2]


@pytest.fixture
def manage(tmp_path):
    def run(*arguments, code=0):
        environment = {
            **os.environ,
            "PARLEY_DATA": str(tmp_path / "var"),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        environment.pop("DATABASE_URL", None)
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stderr
        return done

    return run


def test_list_prints_one_playbook_a_line_name_first(manage):
    lines = manage("playbook", "list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(shipped_names())


def test_an_import_that_is_no_utf_8_is_one_sentence_even_without_a_database(manage, tmp_path):
    (tmp_path / "bad.yaml").write_bytes(b"\xff\xfe")
    said = manage("playbook", "import", str(tmp_path / "bad.yaml"), code=2).stderr
    assert said.strip().endswith("bad.yaml is not UTF-8 text.")
    assert "Traceback" not in said


def test_asking_makes_no_database(manage, tmp_path):
    manage("playbook", "list")
    manage("playbook", "export", "nope", code=2)
    (tmp_path / "good.yaml").write_text(dump(shipped("mutual-nda")))
    assert "there are: none" in manage("playbook", "import", str(tmp_path / "good.yaml"), code=2).stderr
    assert not list(tmp_path.rglob("*.sqlite3"))


def test_export_gives_a_file_that_loads_to_the_same_playbook(manage, tmp_path):
    manage("playbook", "export", "mutual-nda", "-o", str(tmp_path / "out.yaml"))
    assert load((tmp_path / "out.yaml").read_text("utf-8")) == shipped("mutual-nda")


def test_check_counts_examples_and_fails_on_a_wrong_one(manage, tmp_path):
    assert "land where they should" in manage("playbook", "check", "mutual-nda").stdout
    manage("playbook", "export", "mutual-nda", "-o", str(tmp_path / "wrong.yaml"))
    text = (
        (tmp_path / "wrong.yaml")
        .read_text("utf-8")
        .replace("survive for five (5) years", "survive for six (6) years")
    )
    (tmp_path / "wrong.yaml").write_text(text, "utf-8")
    assert "should land on F1" in manage("playbook", "check", str(tmp_path / "wrong.yaml"), code=1).stderr


def test_a_broken_file_is_wrong_use_with_its_line(manage, tmp_path):
    (tmp_path / "bad.yaml").write_text("name: bad\nissues: 3\n")
    assert "line 2, issues" in manage("playbook", "check", str(tmp_path / "bad.yaml"), code=2).stderr


def test_review_of_a_text_prints_one_json_document(manage, tmp_path):
    (tmp_path / "c.txt").write_text(
        "The obligations of confidentiality survive for nine (9) years from disclosure.\n"
    )
    first = manage("review", str(tmp_path / "c.txt"), "--playbook", "mutual-nda", "--json").stdout
    assert json.loads(first)["playbook"] == "mutual-nda"
    assert first == manage("review", str(tmp_path / "c.txt"), "--playbook", "mutual-nda", "--json").stdout


def test_an_unknown_playbook_is_wrong_use(manage, tmp_path):
    (tmp_path / "c.txt").write_text("x")
    assert (
        "There is no playbook"
        in manage("review", str(tmp_path / "c.txt"), "--playbook", "nope", code=2).stderr
    )


def test_a_document_that_cannot_be_read_is_refused_with_code_and_sentence(manage, tmp_path):
    (tmp_path / "c.docx").write_bytes(b"not a document")
    refusal = json.loads(
        manage("review", str(tmp_path / "c.docx"), "--playbook", "mutual-nda", "--json", code=3).stderr
    )
    assert set(refusal) == {"code", "message"}


def test_backtest_prints_counts_for_each_issue(manage, tmp_path):
    (tmp_path / "c.txt").write_text(
        "The obligations of confidentiality survive for nine (9) years from disclosure.\n"
    )
    out = manage("playbook", "backtest", "mutual-nda", str(tmp_path / "c.txt"), "--json").stdout
    assert json.loads(out)["secrecy_term"] == {"outside": 1, "rung walk_away": 1}


@needs_shared
@pytest.mark.shared
def test_the_redline_of_a_form_is_its_review_written_into_it(manage, tmp_path):
    import redline

    form = SHARED / "data/docx/common-paper-csa-with-sla.docx"
    out = tmp_path / "out.docx"
    manage(
        "redline", str(form), "--playbook", "saas-customer", "-o", str(out), "--date", "2026-01-01T00:00:00Z"
    )
    assert "only with Customer" in redline.text(out.read_bytes())
    assert redline.text(out.read_bytes(), view="original") == redline.text(form.read_bytes())


def test_facts_of_the_deal_and_other_documents_can_be_given(manage, tmp_path):
    (tmp_path / "terms.txt").write_text(
        "1. Liability. The Supplier's total liability shall not exceed the Fees paid in the twenty-four (24) "
        "months before the claim.\n",
        encoding="utf-8",
    )
    (tmp_path / "order.txt").write_text(
        "1. Payment. The Customer shall pay each invoice within sixty (60) days of the invoice date.\n",
        encoding="utf-8",
    )
    terms, order = str(tmp_path / "terms.txt"), str(tmp_path / "order.txt")
    asked = ["review", terms, "--playbook", "saas-provider", "--json"]
    long = json.loads(manage(*asked, "--deal", "term_months=36", "--beside", order).stdout)
    found = {finding["issue"]: finding for finding in long["findings"]}
    assert (found["liability_cap"]["rung"], found["liability_cap"]["document"]) == ("F2", terms)
    assert (found["payment"]["rung"], found["payment"]["document"]) == ("F2", order)
    short = json.loads(manage(*asked, "--deal", "term_months=12").stdout)
    assert next(f["rung"] for f in short["findings"] if f["issue"] == "liability_cap") == "walk_away"
    for wrong in ("term_month=36", "term_months=long", "term_months"):
        assert wrong in manage(*asked, "--deal", wrong, code=2).stderr
    assert "different names" in manage(*asked, "--beside", terms, code=2).stderr


def test_an_order_form_says_what_it_leaves_to_others(manage, tmp_path):
    (tmp_path / "order.txt").write_text(
        "Order Form\nThis Order Form is made under the Master Services Agreement between the parties.\n"
        "Customer shall pay each invoice within thirty (30) days of the invoice date.\n",
        encoding="utf-8",
    )
    said = manage("review", str(tmp_path / "order.txt"), "--playbook", "saas-provider").stdout
    assert "[not here]" in said
    assert "[not given] Master Services Agreement" in said
    assert said.count("[unsure]") == 0
