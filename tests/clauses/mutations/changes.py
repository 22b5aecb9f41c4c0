"""One slip at a time, at places found by patterns that the reader under test does not know."""
# ruff: noqa: E501  (contract sentences and patterns stand on one line)

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from tests.clauses.mutations.forms import Edit, Form, numbered


@dataclass(frozen=True)
class Case:
    """One change: where, what, and what of it must be seen. ``spot`` is its range in the changed text."""

    kind: str
    form: Form = field(repr=False)
    edits: tuple[Edit, ...]
    was: str
    now: str
    about: str = ""

    @property
    def spot(self) -> tuple[int, int]:
        """Range of the first edit's new words in the changed text."""
        start, _, new = self.edits[0]
        before = sum(len(n) - (e - s) for s, e, n in self.edits[1:] if s < start)
        return start + before, start + before + len(new)

    def __str__(self) -> str:
        return (
            f"{self.kind} in {self.form.name} at {self.edits[0][0]}: “{self.was}” → “{self.now}” {self.about}"
        )


Maker = Callable[[Form], Iterator[Case]]

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: SIM905
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
UNITS = r"(?:business days|calendar days|days|day|hours|weeks|months|month|years|year)"


def in_words(number: int) -> str:
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    return f"{ONES[number // 100]} hundred" + (f" {in_words(number % 100)}" if number % 100 else "")


WORD = "|".join(sorted((in_words(n) for n in range(1, 100)), key=len, reverse=True))
VALUE = {w: n for n, w in ((n, in_words(n)) for n in range(1, 100))}


def _case(kind: str, form: Form, start: int, end: int, new: str, about: str = "") -> Iterator[Case]:
    """A case that replaces bare words, if no mark stands inside them."""
    place = form.back(start, end)
    if place is not None:
        yield Case(kind, form, ((*place, new),), form.bare[start:end], new, about)


def _other(number: int) -> int:
    return {1: 2, 2: 5, 3: 8, 12: 18, 30: 45, 60: 75, 90: 40, 50: 65}.get(number, number + 7)


# --- values ---------------------------------------------------------------------------------------


def words_against_figures(form: Form) -> Iterator[Case]:
    """thirty (30) days → thirty (45) days; 30 days → thirty (45) days."""
    for found in re.finditer(
        rf"\b(?:{WORD})\s?\((\d{{1,3}})\)(?=%|\s?(?:{UNITS}|percent|%))", form.bare, re.I
    ):
        yield from _case("words_and_figures", form, *found.span(1), str(_other(int(found[1]))))
    for found in re.finditer(rf"(?<![\w.,(/$€£-])(\d{{1,2}})(?= {UNITS}\b)", form.bare):
        number = int(found[1])
        yield from _case("words_and_figures", form, *found.span(1), f"{in_words(number)} ({_other(number)})")
    for found in re.finditer(rf"\b({WORD})(?= {UNITS}\b)", form.bare, re.I):
        number = VALUE[found[1].lower()]
        if number > 1:
            yield from _case("words_and_figures", form, *found.span(1), f"{found[1]} ({_other(number)})")


def changed_numbers(form: Form) -> Iterator[Case]:
    """Another number of days, another percentage, amount, multiple or date: the reading gives the new value
    there."""
    bare = form.bare
    for found in re.finditer(rf"(?<![\w.,(/$€£-])(\d{{1,3}})(?= {UNITS}\b)", bare):
        yield from _case("changed_value", form, *found.span(1), str(_other(int(found[1]))), "duration")
    for found in re.finditer(rf"\b({WORD}) \((\d{{1,3}})\)(?= {UNITS}\b)", bare, re.I):
        number = _other(int(found[2]))
        yield from _case("changed_value", form, *found.span(), f"{in_words(number)} ({number})", "duration")
    for found in re.finditer(rf"\b({WORD})(?= {UNITS}\b)", bare):
        yield from _case("changed_value", form, *found.span(1), in_words(_other(VALUE[found[1]])), "duration")
    for found in re.finditer(r"(?<![\w.,])(\d{1,2}(?:\.\d+)?)(?=\s?(?:%|percent))", bare):
        new = f"{float(found[1]) + 3:g}"
        yield from _case("changed_value", form, *found.span(1), new, "percent")
    for found in re.finditer(
        r"(?:[$€£]\s?|\b(?:USD|EUR|GBP)\s)(\d{1,3}(?:,\d{3})+|\d{2,7})(?![\d.,]*\d)", bare
    ):
        new = f"{int(found[1].replace(',', '')) * 2 + 1000:,}"
        yield from _case("changed_value", form, *found.span(1), new, "money")
    month = "January|February|March|April|May|June|July|August|September|October|November|December"
    for found in re.finditer(
        rf"\b(?:{month}) \d{{1,2}}, (20\d\d)\b|\b\d{{1,2}} (?:{month}) (20\d\d)\b", bare
    ):
        group = 1 if found[1] else 2
        yield from _case("changed_value", form, *found.span(group), str(int(found[group]) + 1), "date")


def blanks_left(form: Form) -> Iterator[Case]:
    """A number struck out and not filled in again."""
    fillings = ("____", "[●]", "[number]", "[__]", "[to be agreed]")
    for place, found in enumerate(
        re.finditer(rf"(?<![\w.,(/$€£-])(?:\d{{1,3}}|{WORD}(?: \(\d{{1,3}}\))?)(?= {UNITS}\b)", form.bare)
    ):
        yield from _case("blank", form, *found.span(), fillings[place % len(fillings)])


def notes_left(form: Form) -> Iterator[Case]:
    notes = (" [Note to draft: to be confirmed with finance.]", " [NTD: check with tax.]", " [Drafting note: delete if not needed.]",
             " Note to draft: the client to confirm this point.", " [Parley to confirm before signing]")  # fmt: skip
    for place, found in enumerate(re.finditer(r"(?<=[a-z]{4}\.)(?= [A-Z][a-z]+ [a-z]+)", form.bare)):
        yield from _case("note", form, found.start(), found.start(), notes[place % len(notes)])


# --- two values for one thing ---------------------------------------------------------------------

# What a form says (a pattern written for these forms), and sentences a tired drafter adds elsewhere; N is another number.
SAYS_TWICE: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("payment", r"(?<!before payment is )\b(?:pay|due)\b[^.]{0,100}within (?:(?:\w|-)+ \()?(\d+)\)? days (?:of|after|from)[^.]{0,30}(?:invoice|receiving)|\binvoices?\b[^.]{0,80}within (?:(?:\w|-)+ \()?(\d+)\)? days",
     ("Each invoice is payable within N days after the date of the invoice.",
      "Customer shall pay all invoices within N days of receipt of the invoice.",
      "Undisputed invoices are due N days after receipt of the invoice.")),
    ("termination for convenience", r"terminat[^.]{0,90}(?:for convenience|for any reason|at any time)[^.]{0,80}?(?:(?:\w|-)+ \()?(\d+)\)? days",
     ("Either party may terminate this Agreement for convenience on N days' written notice.",
      "This Agreement may be terminated for convenience by either party on N days' prior written notice.")),
    ("renewal notice", r"renew[^.]{0,200}?(?:(?:\w|-)+ \()?(\d+)\)? days",
     ("This Agreement renews automatically unless a party gives notice of non-renewal at least N days before the end of the current term.",
      "A party that does not want this Agreement to renew must give at least N days' notice before the end of the term.")),
    ("confidentiality", r"[Cc]onfidential[^.]{0,200}(?:surviv|continue|remain|for a period of|last)[^.]{0,60}?(?:(?:\w|-)+ \()?(\d+)\)? years",
     ("The obligations of confidentiality continue for N years after termination of this Agreement.",
      "The confidentiality obligations in this Agreement survive for a period of N years after its end.")),
    ("cure", r"(?:fails? to cure|does not (?:cure|remedy)|not (?:cured|remedied))[^.]{0,60}?(?:(?:\w|-)+ \()?(\d+)\)? days",
     ("A party may terminate this Agreement if the other party fails to cure a material breach within N days after notice of the breach.",
      "Either party may terminate if the other materially breaches this Agreement and does not cure the breach within N days of receiving notice.")),
    ("incident report", r"(?:[Ss]ecurity [Ii]ncident|[Dd]ata [Bb]reach|personal data breach)[^.]{0,160}?(?:(?:\w|-)+ \()?(\d+)\)? hours",
     ("Provider shall notify Customer of a Security Incident no later than N hours after becoming aware of it.",
      "Notice of any personal data breach is given within N hours of discovery.")),
    ("first term", r"[Ii]nitial [Tt]erm[^.]{0,60}?(?:(?:\w|-)+ \()?(\d+)\)? (?:months|years)",
     ("The Initial Term of this Agreement is N months.", "This Agreement has an Initial Term of N months from the Effective Date.")),
    ("late interest", r"(?:interest|late fee|late charge)[^.]{0,80}?(\d+(?:\.\d+)?)\s?(?:%|percent)",
     ("Late payments bear interest at N% per month.", "Overdue amounts bear interest at the rate of N% per month until they are paid.")),
    ("uptime", r"(?:[Uu]ptime|[Aa]vailab)[^.]{0,100}?(\d+(?:\.\d+)?)\s?%|(\d+(?:\.\d+)?)\s?%[^.]{0,60}(?:[Uu]ptime|[Aa]vailab)",
     ("The monthly availability of the Services is at least N%.", "Provider promises an uptime of N% in each calendar month.")),
    ("governing law", r"governed by (?:and construed in accordance with )?the laws? of (?:the State of )?((?:England and Wales|Germany|California|Texas|Delaware|New York|England|Ireland)\b)",
     ("This Agreement is governed by the laws of N.", "The laws of N govern this Agreement and all disputes arising from it.")),
)  # fmt: skip


def contradictions(form: Form) -> Iterator[Case]:
    """A second clause says another number (or law) for what the form already says."""
    ends = [m.start() for m in re.finditer(r"(?<=[a-z]\.)\n", form.bare)]
    for topic, pattern, sentences in SAYS_TWICE:
        found = re.search(pattern, form.bare)
        if found is None or len(ends) < 6:
            continue
        value = next(g for g in found.groups() if g)
        other = _elsewhere(value)
        for place, sentence in enumerate(sentences):
            far = [e for e in ends if abs(e - found.start()) > 1500]
            if far:
                at = far[(place * 7 + 3) % len(far)]
                new = " " + re.sub(r"\bN\b", other, sentence)
                yield from _case("contradiction", form, at, at, new, f"{topic}: {value}")


def _elsewhere(value: str) -> str:
    """Another number of the same sort (99.5 → 98.8, 1.5 → 2.75, 30 → 45), another law."""
    if value.replace(".", "").isdigit():
        if "." in value:
            return f"{float(value) - 0.7:g}" if float(value) > 95 else f"{float(value) + 1.25:g}"
        return str(_other(int(value)))
    return "Scotland" if value != "Scotland" else "France"


# --- terms ----------------------------------------------------------------------------------------

DEFINES = re.compile(
    r"(?P<open>[“\"])(?P<term>[A-Z][a-z]+(?: [A-Z][a-z]+){0,3})[”\"]\s?(?=means\b|is defined|has the meaning|refers to)"
)
OTHER_WORD = {
    "Information": "Material", "Services": "Offerings", "Service": "Offering", "Fees": "Charges", "Fee": "Charge", "Data": "Records",
    "Content": "Material", "Term": "Duration", "Date": "Day", "Claims": "Demands", "Claim": "Demand", "Period": "Phase",
    "Laws": "Statutes", "Law": "Statute", "Users": "Operators", "User": "Operator", "Documentation": "Manuals", "Order": "Requisition",
    "Software": "Program", "Product": "Offering", "Products": "Offerings", "Agreement": "Covenant", "Rights": "Entitlements", "Terms": "Provisions",
    "Person": "Individual", "Deliverables": "Outputs", "Deliverable": "Output", "Materials": "Items", "Subprocessor": "Subcontractor",
    "Form": "Sheet", "Purpose": "Aim", "Incident": "Event", "Cap": "Ceiling", "Credit": "Rebate", "Affiliate": "Associate",
}  # fmt: skip


def _uses(form: Form, term: str, skip: tuple[int, int]) -> list[re.Match[str]]:
    """Uses in the middle of a sentence, outside the definition and not as part of a longer name."""
    pattern = rf"(?<=[a-z,] )(?<![A-Z][a-z]{{2}} ){re.escape(term)}(?= [a-z]|[,.;)])"
    return [
        m
        for m in re.finditer(pattern, form.bare)
        if not skip[0] <= m.start() < skip[1]
        and _in_a_sentence(form.bare[max(0, m.start() - 60) : m.start()])
    ]


def _in_a_sentence(before: str) -> bool:
    """No part of a longer name, no heading: two small words in a row stand before it."""
    return (
        not re.search(r"[A-Z][\w’']+ $", before[-20:])
        and re.search(r"\b[a-z]+ [a-z]+\b[^\n]*$", before) is not None
    )


def _renamed(term: str) -> str | None:
    first, _, last = term.rpartition(" ")
    return f"{first} {OTHER_WORD[last]}".strip() if last in OTHER_WORD else None


def renamed_uses(form: Form) -> Iterator[Case]:
    """A defined term is called otherwise in one place: Confidential Information → Confidential Material."""
    for found in DEFINES.finditer(form.bare):
        new = _renamed(found["term"])
        if new is None or " " not in found["term"] or new in form.bare:
            continue
        for use in _uses(form, found["term"], _meaning(form, found))[:2]:
            yield from _case("renamed_use", form, *use.span(), new, found["term"])


def renamed_definitions(form: Form) -> Iterator[Case]:
    """The definition itself is renamed, so its uses are left without one."""
    for found in DEFINES.finditer(form.bare):
        new = _renamed(found["term"])
        if new and new not in form.bare and len(_uses(form, found["term"], _meaning(form, found))) >= 2:
            yield from _case("renamed_definition", form, *found.span("term"), new, found["term"])


def removed_definitions(form: Form) -> Iterator[Case]:
    """A paragraph that defines one term is struck."""
    for found in DEFINES.finditer(form.bare):
        start, end = _meaning(form, found)
        label = re.search(rf"^\W*{found['term']}\W*$", form.bare, re.M)
        if found["term"] in ("Agreement", "Cover Page", "Key Terms") or label:
            continue  # papers need no definition, a label of the cover page is one
        if form.bare[start:end].count("“") + form.bare[start:end].count('"') // 2 > 1:
            continue
        if len(_uses(form, found["term"], (start, end))) >= 2 and not re.search(
            rf"\(.{{0,20}}[“\"]{found['term']}[”\"]", form.bare
        ):
            place = _raw_line(form, found.start())
            yield Case("removed_definition", form, ((*place, ""),), found["term"], "", found["term"])


def second_definitions(form: Form) -> Iterator[Case]:
    """The same term gets a second meaning elsewhere."""
    ends = [m.start() for m in re.finditer(r"(?<=[a-z]\.)\n", form.bare)]
    meanings = ("means everything that the parties agree in writing from time to time.", "means the items listed in the applicable order, as amended.",
                "has the meaning that the parties give it in the order.")  # fmt: skip
    for place, found in enumerate(DEFINES.finditer(form.bare)):
        if "defined in" in form.bare[found.end() : found.end() + 40]:
            continue
        far = [e for e in ends if abs(e - found.start()) > 1000]
        if far:
            at = far[(place * 5 + 2) % len(far)]
            yield from _case(
                "second_definition", form, at, at, f" “{found['term']}” {meanings[place % 3]}", found["term"]
            )


def _meaning(form: Form, found: re.Match[str]) -> tuple[int, int]:
    start = form.bare.rfind("\n", 0, found.start()) + 1
    end = form.bare.find("\n", found.end())
    return start, len(form.bare) if end < 0 else end


def _raw_line(form: Form, at: int) -> tuple[int, int]:
    place = form.back(at, at + 1)
    assert place is not None
    start = form.text.rfind("\n", 0, place[0]) + 1
    end = form.text.find("\n", place[0])
    return start, len(form.text) if end < 0 else end + isinstance(form.source, str)


# --- references and numbers -----------------------------------------------------------------------

POINTS = re.compile(
    r"(?<=[a-z,(] )(?P<word>Sections?|[Cc]lauses?|Paragraph) (?P<num>\d{1,2}(?:\.\d{1,2}){0,2})(?P<sub>(?:\([a-z]\))?)(?![\d(A-Z])(?!\.\d)"
    r"(?! of (?:the (?!Agreement|Standard Terms|Framework)|that|this Schedule|schedule))(?!,? (?:and|or|to|through) )"
)


def broken_references(form: Form) -> Iterator[Case]:
    """Section 4.3 → Section 4.43, Section 8 → Section 48."""
    if len(re.findall(r"^\W*\d{1,2}(?:\.\d{1,2})*\.?\W", numbered(form).text, re.M)) < 10:
        return  # a cover page points into terms that are another paper
    sections = len(re.findall(r"\bSections? \d", form.bare))
    for found in POINTS.finditer(form.bare):
        if "lause" in found["word"] and sections > 3:
            continue  # a contract that has Sections speaks of the Clauses of another paper
        if re.search(
            r"SCC|GDPR|Regulation|Standard Contractual|Act\b|Code\b",
            form.bare[max(0, found.start() - 80) : found.end() + 80],
        ):
            continue
        head, dot, tail = found["num"].rpartition(".")
        yield from _case(
            "broken_reference",
            form,
            *found.span("num"),
            f"{head}.{41 + int(tail) % 9}" if dot else f"4{tail}"[:2],
        )


def self_references(form: Form) -> Iterator[Case]:
    """The clause points to its own number."""
    for found in POINTS.finditer(form.bare):
        place = form.back(*found.span("num"))
        home = form.analysis.clause_at(place[0]) if place else None
        while home is not None and not re.fullmatch(r"\d{1,2}(?:\.\d{1,2})+", home.path):
            home = form.analysis.clause(home.parent) if home.parent else None
        if (
            home is None
            or home.schedule
            or found["sub"]
            or not place
            or home.path == found["num"]
            or len(POINTS.findall(form.bare, max(0, found.start() - 50), found.end() + 50)) > 1
            or form.bare[: found.start()].endswith(("this ", "This "))
            or form.text[home.start : home.end].count("\n") > 1
        ):
            continue
        if re.search(
            r"[Ss]ections? [^.]{0,60}$|[Cc]lauses? [^.]{0,60}$",
            form.bare[max(0, found.start() - 60) : found.start()],
        ):
            continue
        yield from _case("self_reference", form, *found.span("num"), home.path)


def lost_schedules(form: Form) -> Iterator[Case]:
    """A schedule that is there is called by the name of one that is not."""
    for found in re.finditer(
        r"(?<=[a-z(] )(?:Schedule|Annex|Exhibit) (\d|[A-C])(?=[ ,.;)])(?! (?:of|to) the (?:EEA|UK|SCC))",
        form.bare,
    ):
        if not re.search(
            r"SCC|Contractual Clauses", form.bare[max(0, found.start() - 200) : found.end() + 200]
        ):
            yield from _case("lost_schedule", form, *found.span(1), "9" if found[1].isdigit() else "Z")


def numbering_gaps(form: Form) -> Iterator[Case]:
    """In text with typed numbers one paragraph between two sisters is struck, or its number is used twice."""
    plain = numbered(form)
    rows = [
        (m.start(), m[1], m[2])
        for m in re.finditer(r"^[ \t*]*((?:\d{1,2}\.)*)(\d{1,2})\.?(?:[ \t]|\*)", plain.text, re.M)
    ]
    for before, here, after in zip(rows, rows[1:], rows[2:], strict=False):
        same = before[1] == here[1] == after[1] and here[1]
        if not same or [int(r[2]) for r in (before, here, after)] != list(
            range(int(before[2]), int(before[2]) + 3)
        ):
            continue
        if int(before[2]) == 1 or int(here[2]) % 2:
            yield Case(
                "numbering_gap", plain, ((here[0], after[0], ""),), here[1] + here[2], "", after[1] + after[2]
            )
        else:
            at = plain.text.index(here[2], here[0] + len(here[1]))
            yield Case("number_repeated", plain, ((at, at + len(here[2]), before[2]),), here[2], before[2])


# --- dates ----------------------------------------------------------------------------------------

DATES = (
    "This Agreement is effective as of 1 March 2026 and expires on 28 February 2025.",
    "The Initial Term begins on June 1, 2026 and ends on May 31, 2025.",
    "The term of this Agreement commences on 15 January 2027 and continues until 14 January 2026.",
    "The Effective Date of this Agreement is April 2, 2026. This Agreement expires on April 1, 2025.",
    "This Agreement starts on 2026-07-01. The term of this Agreement ends on 2026-06-30.",
    "The Services are provided from 1 October 2026 to 30 September 2025.",
)


def dates_turned(form: Form) -> Iterator[Case]:
    """An end before its beginning, in one sentence or in two."""
    ends = [m.start() for m in re.finditer(r"(?<=[a-z]\.)\n", form.bare)]
    for place, sentence in enumerate(DATES):
        if len(ends) > 6:
            at = ends[(place * 11 + 5) % len(ends)]
            yield from _case("dates_out_of_order", form, at, at, " " + sentence)


# --- what only a comparison with the form can see ---------------------------------------------------

ROLES = (("Customer", "Provider"), ("Discloser", "Recipient"), ("Controller", "Processor"), ("Company", "Partner"), ("Licensor", "Licensee"),
         ("Company", "Contractor"), ("Customer", "Supplier"), ("Employer", "Employee"), ("Receiving Party", "Disclosing Party"),
         ("Evaluator", "Supplier"), ("Customer", "Contractor"), ("Employer", "Worker"))  # fmt: skip
MODAL = r"(?:shall|will|must|may)"


def _pair(form: Form) -> list[tuple[str, str]]:
    counts = [(min(len(re.findall(rf"\b{one}\b", form.bare)) for one in pair), pair) for pair in ROLES]
    return [pair for count, pair in counts if count >= 3]


def swapped_roles(form: Form) -> Iterator[Case]:
    """Customer shall pay → Provider shall pay."""
    for one, other in _pair(form):
        for old, new in ((one, other), (other, one)):
            for found in re.finditer(
                rf"(?<=[.;:\n] )(?P<the>[Tt]he )?(?P<who>{old}) {MODAL} (?:not |only )?[a-z]+|(?<=\t|\n)(?P<the2>The )?(?P<who2>{old}) {MODAL} (?:not )?[a-z]+",
                form.bare,
            ):
                yield from _case(
                    "swapped_roles", form, *found.span("who" if found["who"] else "who2"), new, old
                )


def flipped_modals(form: Form) -> Iterator[Case]:
    """shall → shall not and back, may → may not."""
    people = "|".join({name for pair in _pair(form) for name in pair} | {"[Ee]ach party", "[Ee]ither party"})
    for found in re.finditer(
        rf"(?<=[.;:\n] )(?:The )?(?:{people}) (?P<modal>{MODAL})(?P<no> not)? (?!not|only)[a-z]+", form.bare
    ):
        if found["no"]:
            yield from _case("flipped_modal", form, *found.span("no"), "", found["modal"])
        else:
            yield from _case(
                "flipped_modal", form, *found.span("modal"), f"{found['modal']} not", found["modal"]
            )


def one_sided(form: Form) -> Iterator[Case]:
    """Each party shall → Customer shall; neither party may → Customer may not."""
    pairs = _pair(form)
    if not pairs:
        return
    for place, found in enumerate(
        re.finditer(
            rf"(?<=[.;:\n] )(?P<who>Each party|Either party|Each of the parties|The parties) (?P<modal>{MODAL}) (?!not)[a-z]+|(?<=[.;:\n] )(?P<none>Neither party {MODAL}) [a-z]+",
            form.bare,
        )
    ):
        name = pairs[0][place % 2]
        if found["who"]:
            yield from _case("one_sided", form, *found.span("who"), name, found["who"])
        else:
            yield from _case(
                "one_sided",
                form,
                *found.span("none"),
                f"{name} {found['none'].split()[-1]} not",
                "Neither party",
            )


def dropped_clauses(form: Form) -> Iterator[Case]:
    """A numbered paragraph without sub-paragraphs is struck."""
    plain = form if isinstance(form.source, str) else None
    if plain:
        rows = list(re.finditer(r"^[ \t*]*(?:\d{1,2}\.)+\d{0,2}\*{0,2}[ \t.][^\n]{80,}\n", plain.text, re.M))
        for here, after in pairwise(rows):
            if here.end() == after.start():
                yield Case("dropped_clause", form, ((here.start(), here.end(), ""),), here.group()[:60], "")
        return
    blocks = [
        b for b in form.source.blocks if b.accepted_as == "line" and b.part == "body" and b.text.strip()
    ]  # type: ignore[union-attr]
    for here, after in pairwise(blocks):
        if (
            re.fullmatch(r"\d{1,2}(?:\.\d{1,2})+\.?", here.number)
            and re.fullmatch(r"\d{1,2}(?:\.\d{1,2})*\.?", after.number)
            and len(here.text) > 80
        ):
            start = form.source.start_of(here.id)  # type: ignore[union-attr]
            yield Case("dropped_clause", form, ((start, start + len(here.text), ""),), here.text[:60], "")


WIDENED = "any claim that arises from ordinary negligence"
FOLLOWING = dict(zip("abcdefgh", "bcdefghi", strict=True)) | {
    "ii": "iii",
    "iii": "iv",
    "iv": "v",
    "v": "vi",
    "vi": "vii",
}


def widened_exceptions(form: Form) -> Iterator[Case]:
    """One more item in a list of exceptions: (a) …; or (b) … → (a) …; or (b) any claim …; or (c) …"""
    lead = (
        r"(?:xcept|xclu|not apply|not include|not be liable|not liable|other than)[^\n]{0,240}?\((?:a|i)\) "
    )
    for found in re.finditer(lead, form.bare):
        rest = form.bare[found.end() : found.end() + 1500].partition("\n")[0]
        last = re.search(
            r"[;,] (?:and|or|nor) \((?P<label>[b-h]|ii|iii|iv|v|vi)\) (?=[^(]{3,400}(?:\.|$))", rest
        )
        if last and last["label"] in FOLLOWING and "[" not in found.group():
            at = found.end() + last.start("label") - 1
            words = f"({last['label']}) {WIDENED}; or ({FOLLOWING[last['label']]})"
            yield from _case("widened_exception", form, at, at + len(last["label"]) + 2, words, WIDENED)


KINDS: dict[str, Maker] = {
    "words and figures": words_against_figures,
    "changed value": changed_numbers,
    "contradiction": contradictions,
    "blank left": blanks_left,
    "note left": notes_left,
    "dates out of order": dates_turned,
    "renamed use of a term": renamed_uses,
    "renamed definition": renamed_definitions,
    "removed definition": removed_definitions,
    "second definition": second_definitions,
    "broken reference": broken_references,
    "self reference": self_references,
    "lost schedule": lost_schedules,
    "numbering gap or repeat": numbering_gaps,
    "dropped clause": dropped_clauses,
    "swapped roles": swapped_roles,
    "flipped modal": flipped_modals,
    "one-sided": one_sided,
    "widened exception": widened_exceptions,
}


def cases(form: Form, *, most: int = 3, kinds: tuple[str, ...] = ()) -> Iterator[tuple[str, Case]]:
    """Up to ``most`` cases of each kind, spread over the form; the same ones every time."""
    for name, maker in KINDS.items():
        if kinds and name not in kinds:
            continue
        made = list(maker(form))
        step = max(1, len(made) // most)
        for case in made[::step][:most]:
            yield name, case
