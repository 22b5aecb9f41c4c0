"""The sample company's clause library: a handful of approved wordings, one of them overdue for review."""

from dataclasses import dataclass, field
from datetime import timedelta

from config.demo.cast import Cast
from playbooks.services import library
from playbooks.services.library import Contents


@dataclass(frozen=True)
class Clause:
    """A wording of the library. `owner` is a person of the story, `review_in` days from now."""

    title: str
    text: str
    clause_type: str
    topic: str
    standing: str
    owner: str
    review_in: int
    rank: int = 1
    policy: str = ""
    guidance: str = ""
    before: str = ""
    after: str = ""
    variants: tuple[dict[str, str], ...] = field(default_factory=tuple)


CLAUSES = (
    Clause(
        "Payment in forty-five days",
        "{{cap customer}} shall pay undisputed invoices within forty-five (45) days of receipt.",
        "payment",
        "payment_days",
        "preferred",
        "alice",
        200,
        policy="Treasury policy, section 3",
        guidance="Treasury plans with forty-five days. Ask before you give them away for a discount.",
        before="Customer shall pay invoices within fifteen (15) days of receipt.",
        after="Customer shall pay undisputed invoices within forty-five (45) days of receipt.",
    ),
    Clause(
        "Payment in thirty days",
        "{{cap customer}} shall pay undisputed invoices within thirty (30) days of receipt.",
        "payment",
        "payment_days",
        "fallback",
        "alice",
        200,
        policy="Treasury policy, section 3",
    ),
    Clause(
        "Notice of a data breach in 24 hours",
        "{{cap processor}} shall notify {{controller}} of a personal data breach without undue delay and "
        "in any event within twenty-four (24) hours after becoming aware of it.",
        "breach_notice",
        "breach_notice",
        "preferred",
        "ines",
        90,
        policy="Information security policy, section 7",
        guidance="The authority must hear of it in 72 hours; our own work needs two of these three days.",
    ),
    Clause(
        "Notice of a data breach in 36 hours",
        "{{cap processor}} shall notify {{controller}} of a personal data breach without undue delay and "
        "in any event within thirty-six (36) hours after becoming aware of it.",
        "breach_notice",
        "breach_notice",
        "fallback",
        "ines",
        90,
    ),
    Clause(
        "Our name and logo",
        "Neither party may use the name or logo of the other in public without its prior written consent.",
        "publicity",
        "publicity",
        "preferred",
        "bo",
        -20,
        policy="Brand guide",
        variants=(
            {
                "text": "Neither party may name the other as a reference, or use its name or logo, without "
                "its prior written consent, which it may withdraw at any time.",
                "industry": "financial services",
                "jurisdiction": "",
                "role": "",
            },
        ),
    ),
    Clause(
        "Assignment with consent",
        "Neither party may assign this {{agreement}} without the other’s prior written consent, which shall "
        "not be unreasonably withheld. Either party may assign it to an affiliate or to a successor to its "
        "business.",
        "assignment",
        "assignment",
        "preferred",
        "bo",
        300,
    ),
)


def put_clauses(cast: Cast) -> None:
    """The library as it stands when the story is over."""
    for clause in CLAUSES:
        owner = cast.members[clause.owner]
        library.create_clause(
            organisation=cast.organisation,
            contents=Contents(
                title=clause.title,
                text=clause.text,
                clause_type=clause.clause_type,
                topic=clause.topic,
                standing=clause.standing,
                rank=clause.rank,
                side="controller" if clause.topic == "breach_notice" else "customer",
                policy=clause.policy,
                owner=owner,
                review_on=(cast.now + timedelta(days=clause.review_in)).date(),
                variants=clause.variants,
                before=clause.before,
                after=clause.after,
                guidance=clause.guidance,
            ),
            by=owner,
        )
