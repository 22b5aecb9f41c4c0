"""Standard forms with one thing changed, and the right answers, written by hand from the ladders.

Kinds: a number (or a blank filled in), words (one-sided, qualified, widened, narrowed), roles reversed, a clause
taken out. `CASES` holds them all; the words before stand in exactly one paragraph of the form.
"""
# ruff: noqa: E501  (words before and after stand whole, so that they can be read)

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import redline
from clauses.topics.page import Page
from clauses.topics.quantity import in_words
from playbooks.library import shipped
from playbooks.review import case_of, page_of
from playbooks.rules import Playbook
from tests.shared import SHARED

OUT = "walk_away"
SLA, CSA, AI = "common-paper-csa-with-sla", "common-paper-cloud-service-agreement", "common-paper-csa-with-ai"
DPA, PILOT = "common-paper-data-processing-agreement", "common-paper-pilot-agreement"
ONE_WAY, MUTUAL = "common-paper-one-way-nda", "common-paper-mutual-nda"
PARTNER, CONTRACTOR = "common-paper-design-partner-agreement", "common-paper-independent-contractor-agreement"
BOOKS = {
    SLA: "saas-customer", CSA: "saas-customer", PILOT: "saas-customer", AI: "saas-provider", DPA: "dpa-controller",
    ONE_WAY: "nda-recipient", MUTUAL: "mutual-nda", PARTNER: "mutual-nda", CONTRACTOR: "contractor",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    kind: str
    form: str
    issue: str
    edits: tuple[tuple[str, str], ...]
    """Words before and after; "" after a "¶" takes the whole paragraph that holds the words out."""
    rung: str | None
    edge: bool = False

    @property
    def id(self) -> str:
        return f"{self.kind}-{self.form.removeprefix('common-paper-')}-{self.issue}-{self.edits[0][1][:40]}"


PAY = "[ # ] days from {payment_due_from}"
CAP = "x the Fees paid or payable by Customer to Provider in the 12 month period"
SECRET = "{confidentiality_term} from {confidentiality_term_start}"

NUMBERS = [
    # form, issue, words before, words after with {n} (and {w} in words), spans of numbers with their rung
    (SLA, "payment", PAY, "{n} days from the invoice date", [(1, 13, OUT), (14, 29, "F2"), (30, 44, "F1"), (45, 120, "P")]),
    (CSA, "payment", "{payment_display}", "Customer will pay each invoice within {w} ({n}) days of receipt.", [(1, 13, OUT), (14, 29, "F2"), (30, 44, "F1"), (45, 120, "P")]),
    (PILOT, "payment", PAY, "{n} days from the invoice date", [(1, 13, OUT), (14, 29, "F2"), (30, 44, "F1"), (45, 120, "P")]),
    (AI, "payment", PAY, "{n} days from the invoice date", [(1, 30, "P"), (31, 45, "F1"), (46, 60, "F2"), (61, 120, OUT)]),
    (CONTRACTOR, "payment", "{payment_terms}", "Company will pay each invoice within {n} days of receipt.", [(1, 29, OUT), (30, 44, "F1"), (45, 120, "P")]),
    (SLA, "liability_cap", "{non_renewal_notice_days}" + CAP, "{n}" + CAP, [(1, 1, "F1"), (2, 9, "P")]),
    (PILOT, "liability_cap", "{payment_terms_days}" + CAP, "{n}" + CAP, [(1, 1, "F1"), (2, 9, "P")]),
    (CSA, "liability_cap", "{general_cap_display}", "The Fees paid and payable in the {w} ({n}) months before the claim", [(2, 11, OUT), (12, 23, "F1"), (24, 60, "P")]),
    (CSA, "liability_cap", "{general_cap_display}", "The Fees paid in the {n} months before the claim", [(2, 11, OUT), (12, 60, "F2")]),
    (AI, "liability_cap", "{non_renewal_notice_days}" + CAP, "{n}" + CAP, [(1, 1, "F1")]),
    (AI, "liability_cap", "{non_renewal_notice_days}" + CAP, "{n}x the Fees paid by Customer to Provider in the 12 month period", [(1, 1, "P")]),
    (SLA, "termination_cause", "following 30 days notice", "following {n} days notice", [(2, 30, "P"), (31, 45, "F1"), (46, 120, OUT)]),
    (CSA, "termination_cause", "following 30 days notice", "following {n} days notice", [(2, 30, "P"), (31, 45, "F1"), (46, 120, OUT)]),
    (AI, "termination_for_breach", "following 30 days notice", "following {n} days notice", [(2, 13, OUT), (14, 29, "F1"), (30, 120, "P")]),
    (SLA, "data_return", "Provider will delete Customer Content within 60 days", "Provider will let Customer export Customer Content for {n} days after the end and will delete Customer Content within 60 days", [(2, 29, "F1"), (30, 120, "P")]),
    (CSA, "data_return", "Provider will delete Customer Content within 60 days", "Provider will let Customer export Customer Content for 30 days after the end and will delete Customer Content within {n} days", [(2, 90, "P"), (91, 365, "F1")]),
    (DPA, "breach_notice", "no later than 72 hours after", "no later than {n} hours after", [(2, 24, "P"), (25, 36, "F1"), (37, 48, "F2"), (49, 240, OUT)]),
    (ONE_WAY, "secrecy_term", SECRET, "{w} ({n}) years from disclosure", [(1, 2, "P"), (3, 3, "F1"), (4, 5, "F2"), (6, 30, OUT)]),
    (MUTUAL, "secrecy_term", SECRET, "{n} years from the Effective Date", [(1, 3, "P"), (4, 5, "F1"), (6, 30, OUT)]),
    (CONTRACTOR, "exit_at_will", "giving thirty (30) days’ prior written notice", "giving {w} ({n}) days’ prior written notice", [(2, 30, "P"), (31, 90, "F1"), (91, 365, OUT)]),
]  # fmt: skip

PLACES = [("Germany", "P"), ("Ireland", "F1"), ("Delaware", "F1"), ("Switzerland", "F1"), ("Texas", OUT), ("France", OUT), ("Japan", OUT)]  # fmt: skip
NDA_PLACES = [("Germany", "P"), ("Ireland", "F1"), ("New York", "F1"), ("Texas", OUT), ("France", OUT)]
LAWS = [
    (SLA, "The laws of {governing_law}", "The laws of {p}", "located in {jurisdiction}", "located in {p}", PLACES),
    (CSA, "The laws of {governing_law}", "The laws of {p}", "located in {jurisdiction}", "located in {p}", PLACES),
    (AI, "The laws of {governing_law}", "The laws of {p}", "located in {jurisdiction}", "located in {p}", PLACES),
    (PILOT, "The laws of {governing_law}", "The laws of {p}", "located in {jurisdiction}", "located in {p}", PLACES),
    (ONE_WAY, "the State of {governing_law}", "{p}", "located in {jurisdiction}", "located in {p}", NDA_PLACES),
    (MUTUAL, "the State of {governing_law}", "{p}", "located in {jurisdiction}", "located in {p}", NDA_PLACES),
]  # fmt: skip

WORDS = [
    # kind, form, issue, words before, words after, rung
    *(
        row
        for form in (SLA, CSA)
        for row in (
            ("one-sided", form, "indirect_loss", "will either party be liable to the other for lost profits", "will Provider be liable to Customer for lost profits", OUT),
            ("one-sided", form, "assignment", "Neither party may assign any rights", "Customer may not assign any rights", OUT),
            ("one-sided", form, "termination_cause", "Either party may terminate the Framework Terms or an Order Form immediately:", "Provider may terminate the Framework Terms or an Order Form immediately:", OUT),
            ("widened", form, "assignment", "Neither party may assign any rights or obligations under this Agreement without the prior written consent of the other party.", "Either party may freely assign this Agreement.", OUT),
            ("widened", form, "data_use", "Usage Data and Customer Content may be used to develop", "Usage Data may be used to develop", OUT),
            ("qualified", form, "performance_warranty", "will not materially reduce the general functionality of", "will perform materially as the Documentation describes for", "P"),
            ("narrowed", form, "publicity", "to identify Customer as a user of Provider's products and services.", "only with Customer’s prior written consent.", "P"),
            ("narrowed", form, "publicity", "Provider may identify Customer and use", "Provider may not identify Customer or use", "P"),
            ("qualified", form, "dpa", "Before submitting Personal Data governed by GDPR, Customer must enter into a data processing agreement with Provider. If the parties have a DPA,", "The data processing agreement signed by the parties forms part of this Agreement.", "P"),
        )
    ),
    ("reversed", CSA, "assignment", "prior written consent of the other party. However, either party may", "prior written consent of the other party. However, Provider may", "P"),
    ("one-sided", AI, "assignment", "Neither party may assign any rights", "Customer may not assign any rights", "P"),
    ("one-sided", AI, "indirect_loss", "will either party be liable to the other for lost profits", "will Provider be liable to Customer for lost profits", "F1"),
    ("one-sided", AI, "indirect_loss", "will either party be liable to the other for lost profits", "will Customer be liable to Provider for lost profits", OUT),
    ("one-sided", AI, "termination_for_breach", "Either party may terminate the Framework Terms or an Order Form immediately:", "Customer may terminate the Framework Terms or an Order Form immediately:", "F1"),
    ("narrowed", AI, "publicity", "to identify Customer as a user of Provider's products and services.", "only with Customer’s prior written consent.", "F1"),
    ("one-sided", PILOT, "indirect_loss", "under no circumstances will either party be liable to the other for", "under no circumstances will Provider be liable to Customer for", OUT),
    ("one-sided", PILOT, "termination_cause", "Either party may terminate the Agreement immediately:", "Provider may terminate the Agreement immediately:", OUT),
    ("one-sided", PILOT, "assignment", "Neither party may assign any rights", "Customer may not assign any rights", OUT),
    ("qualified", DPA, "breach_notice", "but no later than 72 hours after becoming aware of the Security Incident", "", OUT),
    ("qualified", DPA, "breach_notice", "72 hours after becoming aware of the Security Incident;", "24 hours after confirming the Security Incident;", OUT),
    ("reversed", DPA, "sub_processor_terms", "Provider remains fully liable for all obligations subcontracted to its Subprocessors", "Provider is not liable for obligations subcontracted to its Subprocessors", OUT),
    ("narrowed", DPA, "transfers", "Customer agrees that Provider may transfer Customer Personal Data outside the EEA, the United Kingdom, or other relevant geographic territory as necessary to provide the Service.", "Provider will not transfer Customer Personal Data outside the EEA without Customer’s prior written consent.", "P"),
    ("one-sided", ONE_WAY, "assignment", "Neither party may assign this NDA without", "The Recipient may not assign this NDA without", "P"),
    ("widened", ONE_WAY, "confidential_information", "that (1) the Discloser identifies as “confidential”, “proprietary”, or the like or (2) should be reasonably understood", "that should be reasonably understood", "F1"),
    ("narrowed", ONE_WAY, "standard_of_care", "no less than a reasonable standard of care", "the highest standard of care", OUT),
    ("one-sided", PARTNER, "assignment", "Neither party may assign any rights", "Partner may not assign any rights", OUT),
    ("narrowed", PARTNER, "standard_of_care", "but no less than a reasonable standard of care", "", "F1"),
    ("qualified", PARTNER, "compelled_disclosure", "reasonable advance notice", "prompt notice", "F1"),
    ("one-sided", CONTRACTOR, "exit_at_will", "at any time, for any reason or no reason, by giving thirty (30) days’ prior written notice to Contractor", "for a material breach", "F2"),
    ("qualified", CONTRACTOR, "inventions", "Contractor hereby irrevocably transfers and assigns to Company, and agrees to irrevocably transfer and assign to Company, all right, title, and interest in and to the Work Product", "Contractor will assign to Company all right, title, and interest in and to the Work Product", OUT),
]  # fmt: skip

DROPPED = [
    # form, issue, words that stand in each paragraph taken out, rung: what the ladder says of silence
    *(
        row
        for form in (SLA, CSA)
        for row in (
            (form, "publicity", ["Provider may identify Customer and use"], "P"),
            (form, "assignment", ["Neither party may assign any rights"], "F1"),
            (form, "indirect_loss", ["will either party be liable to the other for lost profits"], "P"),
            (form, "performance_warranty", ["will not materially reduce the general functionality"], OUT),
            (form, "dpa", ["Before submitting Personal Data governed by GDPR"], OUT),
            (form, "suspension", ["has an outstanding, undisputed balance on its account"], "P"),
            (form, "data_use", ["Usage Data and Customer Content may be used to develop"], "F1"),
        )
    ),
    (SLA, "ip_indemnity", ["Provider will indemnify, defend, and hold harmless Customer"], OUT),
    (CSA, "ip_indemnity", ["Provider will indemnify, defend, and hold harmless Customer"], OUT),
    (AI, "infringement", ["Provider will indemnify, defend, and hold harmless Customer"], "P"),
    (AI, "publicity", ["Provider may identify Customer and use"], "F1"),
    (AI, "assignment", ["Neither party may assign any rights"], "F1"),
    (AI, "indirect_loss", ["will either party be liable to the other for lost profits"], OUT),
    (PILOT, "assignment", ["Neither party may assign any rights"], "F1"),
    (PILOT, "payment", [PAY], None),  # the row stays, and the rest of it is blank
    (DPA, "breach_notice", ["but no later than 72 hours after becoming aware"], OUT),
    (DPA, "liability", ["will be subject to the waivers, exclusions, and limitations"], "P"),  # the own limit stays
    (DPA, "precedence", ["If there is any inconsistency between this DPA, the Agreement"], "F1"),
    (DPA, "authority_requests", ["Provider receives any inquiry or request from anyone else"], "F1"),
    (DPA, "audit", ["allow for and contribute to audits, including inspections"], OUT),
    (ONE_WAY, "assignment", ["Neither party may assign this NDA without"], "F1"),
    (ONE_WAY, "compelled_disclosure", ["to the extent required by law, regulation or regulatory authority"], OUT),
    (ONE_WAY, "exceptions", ["do not apply to information that it can demonstrate"], OUT),
    (ONE_WAY, "return_destroy", ["Upon expiration or termination of this NDA or upon the Discloser’s earlier request"], OUT),
    (PARTNER, "assignment", ["Neither party may assign any rights"], "F1"),
    (PARTNER, "compelled_disclosure", ["to the extent required by Applicable Laws if, unless prohibited"], OUT),
    (PARTNER, "representatives", ["who each have a need to know the Confidential Information"], "F1"),
    (CONTRACTOR, "exit_at_will", ["Company may immediately terminate this Agreement (including the SOW)"], "F2"),
    (CONTRACTOR, "payment", ["{payment_terms}"], "F1"),
]  # fmt: skip
ALSO = {
    # The words changed speak on these issues too: that they move is right, and still counted as moved.
    (CONTRACTOR, "inventions"): {"work_product"},
    (DPA, "authority_requests"): {"assistance"},
}


def _numbers(first: int, last: int) -> list[int]:
    step = max((last - first) // 4, 1)
    return sorted(
        {n for n in (first, first + 1, last - 1, last, *range(first, last + 1, step)) if first <= n <= last}
    )


def _all() -> Iterator[Case]:
    for form, issue, before, after, spans in NUMBERS:
        for first, last, rung in spans:
            for n in _numbers(first, last):
                text = after.format(n=n, w=in_words(n))
                yield Case("number", form, issue, ((before, text),), rung, n == first)
    for form, law, new_law, courts, new_courts, places in LAWS:
        for place, rung in places:
            edits = ((law, new_law.format(p=place)), (courts, new_courts.format(p=place)))
            yield Case("place", form, "governing_law", edits, rung)
    for kind, form, issue, before, after, lands in WORDS:
        yield Case(kind, form, issue, ((before, after),), lands, True)
    for form, issue, phrases, silence in DROPPED:
        yield Case("dropped", form, issue, tuple((phrase, "¶") for phrase in phrases), silence)


CASES = tuple(_all())


@cache
def form(name: str) -> tuple[Page, Playbook, dict[str, str | None]]:
    """The page of a form, its playbook, and where it stands on each issue."""
    page = page_of(redline.read((SHARED / "data" / "docx" / f"{name}.docx").read_bytes()))
    book = shipped(BOOKS[name])
    case = case_of(book, page, {})
    return page, book, {issue.code: case.standing(issue).rung for issue in book.issues}


def mutated(page: Page, edits: Sequence[tuple[str, str]]) -> Page:
    """The page with the words replaced, each in its one paragraph."""
    found: list[dict[str, Any]] = []
    for before, after in edits:
        homes = [line for line in page.lines if before in line.text and line.is_text]
        assert len(homes) == 1, (before, [line.text[:60] for line in homes])
        line = homes[0]
        start = line.text.index(before)
        found.append(
            {"op": "delete_block", "block": line.block}
            if after == "¶"
            else {
                "op": "replace",
                "block": line.block,
                "start": start,
                "end": start + len(before),
                "text": after,
            }
        )
    return page.edited(found)


def judged(case: Case) -> tuple[str | None, set[str]]:
    """The rung the changed issue lands on, and the other issues that moved."""
    page, book, stood = form(case.form)
    after = case_of(book, mutated(page, case.edits), {})
    moved = {one.code for one in book.issues if after.standing(one).rung != stood[one.code]} - {case.issue}
    return after.standing(book.issue(case.issue)).rung, moved
