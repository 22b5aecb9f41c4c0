"""The forecasting licence: their paper has come, the preparation is under way."""

from config.demo.story_model import Deal, Objective, Place, Preparation, Remark, Risk, Stage, Trade, Turn

_CONTRACT = "software-licence"

FORECASTING = Deal(
    key="forecasting",
    title="Harbour Foresight forecasting licence",
    stage=Stage.PREPARATION,
    contracts=(_CONTRACT,),
    playbook=None,
    value=199200,
    term_months=36,
    opened_day=-6,
    stage_day=-6,
    target_day=75,
    lead="bo",
    their_lead="priya",
    next_action="Answer two open questions and confirm the walk-away point",
    waiting_on="us",
    summary=(
        "Forecasts on our own servers, if the trial succeeds. Harbour Cloud has sent its licence; nothing is"
        " reviewed yet."
    ),
    preparation=Preparation(
        objectives=(
            Objective(
                "No uncapped liability on our side",
                kind="must-have",
                firm=True,
                measure="Same cap for both parties",
            ),
            Objective(
                "Inspections announced and rare",
                kind="must-have",
                firm=True,
                measure="≤ 1 a year, ≥ 30 days’ notice",
            ),
            Objective(
                "Price fixed for three years", kind="must-have", firm=False, measure="Rise ≤ 3% a year"
            ),
            Objective(
                "Licence passes to a successor",
                kind="nice-to-have",
                firm=False,
                measure="No consent on merger within the group",
            ),
            Objective(
                "Switch off usage records", kind="nice-to-have", firm=False, measure="A setting, documented"
            ),
            Objective(
                "Maintenance may end on six months’ notice",
                kind="deal-breaker",
                firm=True,
                measure="≥ 18 months, or source in escrow",
            ),
        ),
        risks=(
            Risk(
                topic="audit",
                kind="operational",
                text="An inspection on five days’ notice would stop month-end work",
                mitigation="Offer a yearly self-declaration in its place",
            ),
            Risk(
                topic="liability_cap",
                kind="financial",
                text="Our liability is not limited, theirs is six months’ fees",
                mitigation="Ask for one figure for both: EUR 250,000",
            ),
            Risk(
                topic="fees",
                kind="financial",
                text="The fee may move to any list price each year",
                mitigation="Two rival offers of EUR 51,000 and EUR 54,500 a year are on file",
            ),
        ),
        trades=(
            Trade(give="A case study after six months", get="Price fixed for three years"),
            Trade(give="Law of England", get="Hamburg as the place for urgent relief"),
        ),
        questions=(
            ("How many licensees run the software on their own servers?", "Eleven, four of them in the EU."),
            ("For how long have earlier products been maintained after the last sale?", ""),
            ("Which components under an open licence does it contain?", ""),
        ),
        walk_away="More than EUR 62,000 a year, or maintenance that can end within a year.",
    ),
    turns=(
        Turn(
            side="them",
            by="priya",
            day=-4,
            label="Counterparty draft",
            message="Our licence for your information, ahead of the trial.",
            contract=_CONTRACT,
        ),
    ),
    remarks=(
        Remark(
            Place(_CONTRACT, "audit", "enter the Licensee’s premises and inspect its systems"),
            by="dara",
            day=-3,
            audience="internal",
            text="Not at month-end, please: the servers are full from the 28th to the 4th.",
        ),
        Remark(
            Place(_CONTRACT, "liability_cap", "The liability of the Licensee is not limited."),
            by="carla",
            day=-2,
            audience="internal",
            text="We have never signed this and should not begin now.",
        ),
    ),
)
