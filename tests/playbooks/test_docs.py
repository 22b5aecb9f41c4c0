"""The documentation's worked example is a playbook that works as the page says."""

import re
from pathlib import Path

from playbooks.condition_text import parse
from playbooks.review import review
from playbooks.trials import check_examples
from playbooks.yaml_format import load

PAGE = (Path(__file__).parents[2] / "docs" / "playbooks.md").read_text("utf-8")


def test_the_worked_example_loads_and_its_examples_land():
    playbook = load(re.search(r"```yaml\n(.*?)```", PAGE, re.S)[1])
    assert check_examples(playbook) == (2, ())
    found = review(
        playbook, "The obligations of confidentiality survive for seven (7) years from disclosure."
    )
    texts = [edit["text"].strip() for edit in found.finding("secrecy_term").changes]
    assert texts == ["three (3)", "Trade secrets remain protected for as long as they remain trade secrets."]


def test_the_conditions_on_the_page_can_be_read():
    block = PAGE.split("## Conditions")[1].split("|")[0]
    lines = [line.strip() for line in block.splitlines() if line.startswith("    ")]
    assert len(lines) >= 5
    assert all(parse(line) for line in lines)
