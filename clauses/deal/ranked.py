"""What the trained model says of a few sentences: a second vote beside the phrases.

Only the sentences a reader is thinking about are put to the model, each with the one before it (it may be
their heading), so the cost is that of a dozen sentences and not of the whole contract.
"""

from collections.abc import Iterable

from clauses import cuad
from clauses.deal.page import Page, Sentence
from clauses.linear import shipped


def margins(page: Page, sentences: Iterable[Sentence], category: str) -> dict[int, float]:
    """Margin of a category for each sentence by its number; above -1 the model begins to think of it."""
    wanted = sorted({s.number for s in sentences})
    model = shipped()["sentences"]
    column = model.classes.index(category)
    asked = sorted({*wanted, *(max(0, number - 1) for number in wanted)})
    spans = [(page.sentences[n].start, page.sentences[n].end) for n in asked]
    found = {
        n: model.margins(view)[column] for n, view in zip(asked, cuad.views(page.source, spans), strict=True)
    }
    return {number: found[number] for number in wanted}
