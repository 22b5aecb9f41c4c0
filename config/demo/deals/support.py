"""The gateway support: agreed, their last verification outstanding."""

from config.demo.story_model import Ask, Deal, Decision, Place, Remark, Stage, Turn, Verification

_CONTRACT = "support-and-maintenance-agreement"

_SUPPORT_EDITS = (
    (
        "Each invoice is due fourteen (14) days after its date.",
        "Each invoice is due thirty (30) days after it is received.",
    ),
    (
        "limited to fifty per cent (50%) of the Fees paid in that year",
        "limited to one hundred and fifty per cent (150%) of the Fees paid and payable in that year",
    ),
    (
        "at least sixty (60) days before the end of a period",
        "at least thirty (30) days before the end of a period",
    ),
    (
        "An increase shall not exceed seven per cent (7%).",
        "An increase shall not exceed three per cent (3%).",
    ),
)

SUPPORT = Deal(
    key="support",
    title="Support of the Harbour Connect gateway",
    stage=Stage.REVIEW,
    contracts=(_CONTRACT,),
    playbook="saas-customer",
    value=79_200,
    term_months=24,
    opened_day=-41,
    stage_day=-4,
    target_day=7,
    lead="bo",
    their_lead="priya",
    next_action="Harbour Cloud’s lawyer has still to verify version 3",
    waiting_on="them",
    summary="Everything is agreed. Our side has verified the wording; theirs is looking at the last version.",
    turns=(
        Turn("them", "priya", -38, "Counterparty draft", "Our support terms for the gateway.", _CONTRACT),
        Turn(
            "us",
            "bo",
            -21,
            "Internal revision",
            "Four changes, each with its reason.",
            _CONTRACT,
            tracked=_SUPPORT_EDITS,
        ),
        Turn(
            "them",
            "priya",
            -8,
            "Counterparty revision",
            "Three taken as they are; for the increase we meet in the middle.",
            _CONTRACT,
            tracked=(("shall not exceed three per cent (3%)", "shall not exceed five per cent (5%)"),),
        ),
    ),
    decisions=(
        Decision(
            Place(_CONTRACT, "payment", "Each invoice is due fourteen (14) days after its date"),
            "agreed",
            "Fourteen days to pay",
            "medium",
            "P",
            "bo",
            -8,
            _SUPPORT_EDITS[0],
            "Thirty days is our standard with all suppliers.",
        ),
        Decision(
            Place(
                _CONTRACT, "liability_cap", "limited to fifty per cent (50%) of the Fees paid in that year"
            ),
            "agreed",
            "Limit is half a year’s fees",
            "high",
            "F1",
            "bo",
            -8,
            _SUPPORT_EDITS[1],
            "A failed gateway stops every report; half a year’s fee does not reflect that.",
            "The gateway is small and insured on both sides. Carla agreed to this by mail.",
        ),
        Decision(
            Place(_CONTRACT, "renewal", "at least sixty (60) days before the end of a period"),
            "agreed",
            "Sixty days’ notice against renewal",
            "low",
            "F1",
            "bo",
            -8,
            _SUPPORT_EDITS[2],
            "Thirty days fits the monthly planning of both sides.",
        ),
        Decision(
            Place(_CONTRACT, "fees", "An increase shall not exceed seven per cent (7%)"),
            "agreed",
            "Yearly increase of up to seven per cent",
            "medium",
            "F1",
            "bo",
            -6,
            (
                "An increase shall not exceed seven per cent (7%).",
                "An increase shall not exceed five per cent (5%).",
            ),
            "Five per cent is a figure we can put into the budget.",
        ),
        Decision(
            Place(_CONTRACT, "governing_law", "governed by the law of England and Wales"),
            "dismissed",
            "Law of England",
            "low",
            "F1",
            "alice",
            -22,
            None,
            "",
            "On our list of neutral laws.",
        ),
    ),
    remarks=(
        Remark(
            Place(_CONTRACT, "support", "The Provider may change the Priority if the description"),
            "dara",
            -30,
            "internal",
            "We can live with that as long as they must give a reason.",
        ),
        Remark(
            Place(_CONTRACT, "fees", "An increase shall not exceed seven per cent (7%)"),
            "priya",
            -8,
            "external",
            "Five is what we have in all contracts of this year.",
        ),
    ),
    asks=(
        Ask(
            Place(_CONTRACT, "fees", "An increase shall not exceed seven per cent (7%)"),
            "Accept a yearly increase of up to five per cent",
            "F1",
            "bo",
            -7,
            "carla",
            "On EUR 39,600 the difference from three per cent is at most EUR 792 a year.",
            "approved",
            -6,
            "Fine. The sum is small.",
        ),
    ),
    verifications=(Verification("us", "alice", -3), Verification("them", "oliver", None)),
)
