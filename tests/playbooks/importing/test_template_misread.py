"""Topics of other kinds of contract: left out where their words are missing, and rows named by what they are."""
# ruff: noqa: E501  (clauses are easier to read in one line)

import pytest

from playbooks.importing.template import Template
from tests.playbooks.importing.test_template import made_of, plain

RANKED = (
    "4.3 If this Statement of Work and the Platform Agreement conflict, this Statement of Work prevails.\n"
)
DATA = "4.3 If this Data Processing Agreement and the Agreement conflict, this Data Processing Agreement prevails on personal data.\n"
HELPERS = "4.3 The Provider shall not use a subcontractor without the Customer’s earlier written consent.\n"
PROCESSORS = "4.3 The Provider shall not engage a sub-processor of personal data without the Customer’s earlier written consent.\n"


@pytest.mark.parametrize(
    ("topic", "other", "meant"),
    [("dpa_precedence", RANKED, DATA), ("sub_processors", HELPERS, PROCESSORS)],
)
def test_a_topic_of_another_kind_of_contract_is_left_out_where_its_words_are_missing(topic, other, meant):
    left = made_of(plain() + other, "professional_services", "customer")[1][topic]
    assert (left.decision.use, left.band) == ("leave", "check")
    assert "its words do not speak of personal data" in left.decision.why
    assert left.decision.rungs  # a person may take it after all
    assert made_of(plain() + meant, "professional_services", "customer")[1][topic].decision.use == "take"
    assert made_of(plain() + other, "dpa", "controller")[1][topic].decision.use == "take"


class Cells:
    """Lines of a table of two columns, as a document has them."""

    def __init__(self, rows, width: int = 2) -> None:
        blocks = [f"body:{n}" for n in range(len(rows) * width)]
        texts = [text for row in rows for text in row]
        self.lines = tuple((block, text, "", "cell") for block, text in zip(blocks, texts, strict=True))
        self.cells = tuple((block, 0, n // width, n % width) for n, block in enumerate(blocks))


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (("Payment terms", "The Customer shall pay each invoice within 30 days."), "Payment terms"),
        (
            ("{IF has_terms}Payment terms", "The Customer shall pay each invoice within 30 days."),
            "Payment terms",
        ),
    ],
)
def test_a_row_of_a_cover_page_is_named_by_its_own_label(row, name):
    cells = Cells([("Data Processing Agreement", "None"), row])
    template = Template(cells.lines, (), cells.cells, ("payment_days",))
    assert template.where("payment_days") == name


def test_a_definition_is_named_by_its_term():
    said = "4.3 “Confidential Information” means information that a party marks as confidential.\n"
    template = Template.read(plain() + said)
    assert "“Confidential Information”" in template.where("confidential_information")
