"""The migration work: our own paper, still being drafted."""

from config.demo.story_model import Deal, Objective, Place, Preparation, Remark, Stage

_CONTRACT = "professional-services-sow"

MIGRATION = Deal(
    key="migration",
    title="Report migration and client portal",
    stage=Stage.DRAFTING,
    contracts=(_CONTRACT,),
    playbook=None,
    value=148000,
    term_months=9,
    opened_day=-12,
    stage_day=-5,
    target_day=40,
    lead="bo",
    their_lead="priya",
    next_action="Finish the acceptance criteria with Dara and send the first draft",
    waiting_on="us",
    summary=(
        "Our own paper. The milestones stand; the acceptance criteria for the portal are still being written."
    ),
    preparation=Preparation(
        objectives=(
            Objective(
                "Pay on acceptance only",
                kind="must-have",
                firm=True,
                measure="No payment before a deliverable is accepted",
            ),
            Objective(
                "We own the portal",
                kind="must-have",
                firm=True,
                measure="Assignment with payment; source at each milestone",
            ),
            Objective(
                "Live before the autumn reports",
                kind="must-have",
                firm=True,
                measure="Last milestone by 6 August 2027",
            ),
            Objective(
                "Named people stay",
                kind="nice-to-have",
                firm=False,
                measure="Change of a key person only with our approval",
            ),
        ),
        walk_away="A licence to the portal in place of ownership.",
    ),
    remarks=(
        Remark(
            Place(
                _CONTRACT,
                "scope",
                "each sees only its own data, shown by a test with two accounts in each role",
            ),
            by="dara",
            day=-4,
            audience="internal",
            text="Please keep this word for word. It is what our clients ask about first.",
        ),
        Remark(
            Place(_CONTRACT, "payment", "The Price is fixed and is the whole payment"),
            by="emil",
            day=-4,
            audience="internal",
            text="They quoted EUR 156,000 and came down when we dropped the second training.",
        ),
        Remark(
            Place(
                _CONTRACT,
                "ip_ownership",
                "with effect from payment of the part of the Price due for the Milestone concerned",
            ),
            by="alice",
            day=-3,
            audience="internal",
            text="On payment is our first fallback and saves a round. On creation would cost us a month.",
        ),
        Remark(
            Place(
                _CONTRACT,
                "liability_cap",
                "the greater of two hundred per cent (200%) of the Price and EUR 300,000",
            ),
            by="carla",
            day=-2,
            audience="internal",
            text="Agreed for the draft. We would take 150%.",
        ),
    ),
)
