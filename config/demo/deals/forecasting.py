"""The forecasting licence: their paper has come, the preparation is under way."""

from config.demo.story_model import Deal, Objective, Place, Preparation, Remark, Risk, Stage, Trade, Turn

_CONTRACT = "software-licence"

FORECASTING = Deal(
    key="forecasting",
    title="Harbour Foresight forecasting licence",
    stage=Stage.PREPARATION,
    contracts=(_CONTRACT,),
    playbook=None,
    value=199_200,
    term_months=36,
    opened_day=-6,
    stage_day=-6,
    target_day=75,
    lead="bo",
    their_lead="priya",
    next_action="Answer two open questions and confirm the walk-away point",
    waiting_on="us",
    summary=(
        "Forecasts on our own servers, if the trial succeeds. Harbour Cloud has sent its licence;"
        " nothing is reviewed yet."
    ),
    preparation=Preparation(
        objectives=(
            Objective("No uncapped liability on our side", "must-have", True, "Same cap for both parties"),
            Objective("Inspections announced and rare", "must-have", True, "≤ 1 a year, ≥ 30 days’ notice"),
            Objective("Price fixed for three years", "must-have", False, "Rise ≤ 3% a year"),
            Objective(
                "Licence passes to a successor",
                "nice-to-have",
                False,
                "No consent on merger within the group",
            ),
            Objective("Switch off usage records", "nice-to-have", False, "A setting, documented"),
            Objective(
                "Maintenance may end on six months’ notice",
                "deal-breaker",
                True,
                "≥ 18 months, or source in escrow",
            ),
        ),
        risks=(
            Risk(
                "audit",
                "operational",
                "An inspection on five days’ notice would stop month-end work",
                "Offer a yearly self-declaration in its place",
            ),
            Risk(
                "liability_cap",
                "financial",
                "Our liability is not limited, theirs is six months’ fees",
                "Ask for one figure for both: EUR 250,000",
            ),
            Risk(
                "fees",
                "financial",
                "The fee may move to any list price each year",
                "Two rival offers of EUR 51,000 and EUR 54,500 a year are on file",
            ),
        ),
        trades=(
            Trade("A case study after six months", "Price fixed for three years"),
            Trade("Law of England", "Hamburg as the place for urgent relief"),
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
            "them",
            "priya",
            -4,
            "Counterparty draft",
            "Our licence for your information, ahead of the trial.",
            _CONTRACT,
        ),
    ),
    remarks=(
        Remark(
            Place(_CONTRACT, "audit", "enter the Licensee’s premises and inspect its systems"),
            "dara",
            -3,
            "internal",
            "Not at month-end, please: the servers are full from the 28th to the 4th.",
        ),
        Remark(
            Place(_CONTRACT, "liability_cap", "The liability of the Licensee is not limited."),
            "carla",
            -2,
            "internal",
            "We have never signed this and should not begin now.",
        ),
    ),
)
