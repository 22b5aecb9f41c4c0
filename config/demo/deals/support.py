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
    value=79200,
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
        Turn(
            side="them",
            by="priya",
            day=-38,
            label="Counterparty draft",
            message="Our support terms for the gateway.",
            contract=_CONTRACT,
        ),
        Turn(
            side="us",
            by="bo",
            day=-21,
            label="Internal revision",
            message="Four changes, each with its reason.",
            contract=_CONTRACT,
            tracked=_SUPPORT_EDITS,
        ),
        Turn(
            side="them",
            by="priya",
            day=-8,
            label="Counterparty revision",
            message="Three taken as they are; on the increase six per cent is as low as I may go.",
            contract=_CONTRACT,
            tracked=(("shall not exceed three per cent (3%)", "shall not exceed six per cent (6%)"),),
        ),
    ),
    decisions=(
        Decision(
            Place(_CONTRACT, "payment", "Each invoice is due fourteen (14) days after its date"),
            outcome="agreed",
            title="Fourteen days to pay",
            risk="medium",
            rung="P",
            by="bo",
            day=-8,
            edit=_SUPPORT_EDITS[0],
            justification="Thirty days is our standard with all suppliers.",
        ),
        Decision(
            Place(
                _CONTRACT, "liability_cap", "limited to fifty per cent (50%) of the Fees paid in that year"
            ),
            outcome="agreed",
            title="Limit is half a year’s fees",
            risk="high",
            rung="F1",
            by="bo",
            day=-8,
            edit=_SUPPORT_EDITS[1],
            justification="A failed gateway stops every report; half a year’s fee does not reflect that.",
            note="The gateway is small and insured on both sides. Carla agreed to this by mail.",
        ),
        Decision(
            Place(_CONTRACT, "renewal", "at least sixty (60) days before the end of a period"),
            outcome="agreed",
            title="Sixty days’ notice against renewal",
            risk="low",
            rung="F1",
            by="bo",
            day=-8,
            edit=_SUPPORT_EDITS[2],
            justification="Thirty days fits the monthly planning of both sides.",
        ),
        Decision(
            Place(_CONTRACT, "fees", "An increase shall not exceed seven per cent (7%)"),
            outcome="agreed",
            title="Yearly increase of up to seven per cent",
            risk="medium",
            rung="below F1",
            by="bo",
            day=-6,
            edit=(
                "An increase shall not exceed seven per cent (7%).",
                "An increase shall not exceed six per cent (6%).",
            ),
            justification="Six per cent at most is a figure we can put into the budget.",
        ),
        Decision(
            Place(_CONTRACT, "governing_law", "governed by the law of England and Wales"),
            outcome="dismissed",
            title="Law of England",
            risk="low",
            rung="F1",
            by="alice",
            day=-22,
            note="On our list of neutral laws.",
        ),
    ),
    remarks=(
        Remark(
            Place(_CONTRACT, "support", "The Provider may change the Priority if the description"),
            by="dara",
            day=-30,
            audience="internal",
            text="We can live with that as long as they must give a reason.",
        ),
        Remark(
            Place(_CONTRACT, "fees", "An increase shall not exceed seven per cent (7%)"),
            by="priya",
            day=-8,
            audience="external",
            text="Six is what we have in all contracts of this year.",
        ),
    ),
    asks=(
        Ask(
            Place(_CONTRACT, "fees", "An increase shall not exceed seven per cent (7%)"),
            concession="Accept a yearly increase of up to six per cent",
            rung="below F1",
            asked_by="bo",
            asked_day=-7,
            approver="carla",
            business_reason="On EUR 39,600 the difference from three per cent is at most EUR 1,188 a year.",
            status="approved",
            decided_day=-6,
            words="Fine. The sum is small.",
        ),
    ),
    verifications=(
        Verification(side="us", by="alice", day=-3),
        Verification(side="them", by="oliver", day=None),
    ),
)
