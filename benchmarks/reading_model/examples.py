"""Sentences of our own writing that the sentence model is trained with besides the contracts.

`examples.txt` holds them by category, one a line; those under "None" use the words of a category for
something else. A category that few contracts have is known by few words, and an example costs a line. They
never count as a contract: vocabulary, chances, limits and figures come from contracts alone.
"""

from collections.abc import Iterator
from pathlib import Path

from clauses import cuad, features
from clauses.features import Groups

FILE = Path(__file__).with_name("examples.txt")
LOOK_ALIKES = "None"
# What an example costs on the wrong side: that it stands for one category says little about the others, that
# it stands for none was its purpose.
POSITIVE, OTHERS, NONE = 1.0, 0.1, 0.5


def examples() -> Iterator[tuple[set[str], str]]:
    """Categories and sentence, in the order of the file. Raises ValueError for a line before any category."""
    category = ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            category = line.removeprefix("= ")
        elif line.strip():
            if not category:
                raise ValueError(f"{FILE.name} begins without a category.")
            yield set() if category == LOOK_ALIKES else {category}, line.strip()


def view(sentence: str) -> Groups:
    """What the model sees of a sentence that stands alone, in the middle of a contract."""
    alone: tuple[list[str], list[str]] = ([], [])
    rules = cuad.rule_names(sentence)
    return features.sentence_groups(features.tokens(sentence), alone, rules, alone, "@5")
