"""What a playbook made of a template holds, over the standard forms beside the project.

    .venv/bin/python -m benchmarks.templates

For each form, read for the side named: the issues proposed; of these the rules that compare something and
those that only ask for the clause; topics left to a person; wordings and examples; and whether a review of
the form by its own playbook finds every issue compliant.
"""

import redline
from playbooks.importing.decisions import TAKE
from playbooks.review import review
from tests.playbooks.importing.test_template import ALL_LEFT, FORMS, NOTHING, made_of, playbook_of
from tests.shared import SHARED

HEADINGS = ("issues", "compare", "there", "left", "words", "examples", "compliant")


def counted(name: str) -> tuple[int, ...]:
    """The figures of one form, in the order of HEADINGS."""
    source = redline.read((SHARED / "data" / "docx" / f"{name}.docx").read_bytes())
    book, proposals = made_of(source, *FORMS[name])
    taken = [one.decision.rungs[0] for one in proposals.values() if one.decision.use == TAKE]
    found = review(playbook_of(book, proposals), source)
    there = sum(rung.when == "clause present" for rung in taken)
    return (
        len(taken),
        len(taken) - there,
        there,
        len(proposals) - len(taken),
        sum(bool(rung.wording) for rung in taken),
        sum(bool(rung.example) for rung in taken),
        sum(one.status == "compliant" for one in (*found.findings, *found.elsewhere)),
    )


def main() -> None:
    print(f"{'form':50}{'side':>12}" + "".join(f"{heading:>11}" for heading in HEADINGS))
    rows = {name: counted(name) for name in FORMS}
    for name, row in rows.items():
        print(f"{name:50}{FORMS[name][1]:>12}" + "".join(f"{figure:>11}" for figure in row))
    sums = [sum(column) for column in zip(*rows.values(), strict=True)]
    print(f"{'together':62}" + "".join(f"{figure:>11}" for figure in sums))
    print(f"every topic is left to a person in: {', '.join(ALL_LEFT)}")
    print(f"no topic is read in: {', '.join(NOTHING)}")


if __name__ == "__main__":
    main()
