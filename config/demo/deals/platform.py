"""The platform deal: master agreement and order form, in the middle of the negotiation."""

from config.demo.deals.platform_terms import (
    ASSIGNMENT,
    CAP,
    CAP_SCOPE,
    CONVENIENCE,
    INCREASE,
    INDEMNITY,
    INDIRECT,
    LAW,
    MSA,
    ORDER,
    ORDER_RANK,
    ORDER_TERM,
    OUR_EDITS,
    PAYMENT,
    POSTING,
    PUBLICITY,
    RENEWAL,
    RENEWAL_NOTICE,
    SOLE,
    THEIR_EDITS,
    THEIR_SILENT,
    TRAINING,
)
from config.demo.story_model import (
    Ask,
    Deal,
    Decision,
    Objective,
    Preparation,
    Remark,
    Risk,
    Stage,
    Trade,
    Turn,
)

PLATFORM = Deal(
    key="platform",
    title="Harbour Insight data platform",
    stage=Stage.NEGOTIATION,
    contracts=(ORDER, MSA),
    playbook="saas-customer",
    value=558000,
    term_months=36,
    opened_day=-34,
    stage_day=-12,
    target_day=24,
    lead="bo",
    their_lead="priya",
    next_action="Answer five tracked changes and look at two untracked ones in Harbour Cloud’s second draft",
    waiting_on="us",
    summary=(
        "Three years of the platform that replaces our own data store. Harbour Cloud’s paper. Price is"
        " settled; liability, renewal and the right to change terms are not."
    ),
    preparation=Preparation(
        objectives=(
            Objective(
                "Liability of at least one year’s fees for every claim",
                kind="must-have",
                firm=True,
                measure="Cap ≥ EUR 186,000",
            ),
            Objective(
                "No use of client data to train models",
                kind="deal-breaker",
                firm=True,
                measure="Clause removed or by consent only",
            ),
            Objective(
                "Prices fixed for three years, then a ceiling",
                kind="must-have",
                firm=False,
                measure="Rise ≤ 3% a year, 5% at most",
            ),
            Objective(
                "Exit on short notice once the first term is over",
                kind="nice-to-have",
                firm=False,
                measure="Notice ≤ 60 days",
            ),
            Objective(
                "Court in Hamburg", kind="nice-to-have", firm=False, measure="Hamburg, or a neutral place"
            ),
        ),
        risks=(
            Risk(
                topic="liability_cap",
                kind="financial",
                text="A lost month of client reporting costs us about EUR 210,000",
                mitigation=(
                    "Cap of twenty-four months’ fees; cyber cover of our own raised to EUR 2m before go-live"
                ),
            ),
            Risk(
                topic="renewal",
                kind="financial",
                text="A missed notice date commits us to EUR 372,000",
                mitigation="Shorter renewal; reminder 120 and 60 days before the notice date",
            ),
            Risk(
                topic="general",
                kind="legal",
                text="Terms that change by posting undo what we agree here",
                mitigation="Policies only, no loss of rights, and thirty days’ notice",
            ),
            Risk(
                topic="termination",
                kind="operational",
                text="The supplier could leave us with sixty days to move",
                mitigation="Strike its right to leave, or twelve months’ notice and help with the move",
            ),
        ),
        trades=(
            Trade(
                give="Reference and logo on their website after go-live", get="Price ceiling of 3% on renewal"
            ),
            Trade(give="English law for the master agreement", get="Cap at twenty-four months’ fees"),
            Trade(give="Annual payment in advance", get="Thirty days to pay"),
        ),
        questions=(
            ("How often was availability below 99.5% in the last two years?", "Twice: 99.3% and 98.9%."),
            ("Which of your customers share our cluster in Frankfurt?", "None by name; at most six."),
            ("What does your insurance cover for a loss of customer data?", ""),
        ),
        walk_away="Below twelve months’ fees as the limit of liability we do not sign.",
    ),
    turns=(
        Turn(
            side="them",
            by="priya",
            day=-30,
            label="Counterparty draft",
            message="Please find our standard agreement and the order form.",
            contract=MSA,
        ),
        Turn(
            side="us",
            by="bo",
            day=-10,
            label="Internal revision",
            message=(
                "Thank you for your draft. Our changes are few and each carries its reason. We would be glad"
                " to talk on Thursday."
            ),
            contract=MSA,
            tracked=OUR_EDITS,
        ),
        Turn(
            side="them",
            by="priya",
            day=-3,
            label="Counterparty revision",
            message=(
                "We have met you on payment, on posted terms and on credits. On liability and renewal this"
                " is as far as I may go without my director."
            ),
            contract=MSA,
            tracked=THEIR_EDITS,
            silent=THEIR_SILENT,
        ),
    ),
    decisions=(
        Decision(
            CAP,
            outcome="countered",
            title="Limit of liability is three months’ fees",
            risk="high",
            rung="P",
            by="bo",
            day=-10,
            edit=OUR_EDITS[0],
            justification=(
                "The limit should bear a reasonable relation to the loss that a failure of the platform"
                " would cause."
            ),
            note="Carla will live with twelve months paid and payable. Below that it is hers to decide.",
        ),
        Decision(
            CAP_SCOPE,
            outcome="open",
            title="Data breach and confidentiality lie under the general limit",
            risk="high",
            note="Raise with the insurers first: what do they cover?",
        ),
        Decision(INDIRECT, outcome="open", title="Loss of data is excluded altogether", risk="high"),
        Decision(
            RENEWAL,
            outcome="countered",
            title="Renews for twenty-four months",
            risk="medium",
            rung="F1",
            by="bo",
            day=-10,
            edit=OUR_EDITS[1],
            justification="A renewal of twelve months lets both sides plan with the budget year.",
        ),
        Decision(
            RENEWAL_NOTICE,
            outcome="countered",
            title="Ninety days’ notice against renewal",
            risk="medium",
            rung="F1",
            by="bo",
            day=-10,
            edit=OUR_EDITS[2],
            justification="Thirty days is enough for the provider to plan capacity.",
            note="Sixty days is the last rung; Emil has to agree.",
        ),
        Decision(
            PAYMENT,
            outcome="agreed",
            title="Fourteen days to pay",
            risk="medium",
            rung="P",
            by="bo",
            day=-3,
            edit=OUR_EDITS[3],
            justification=(
                "Our payment run is weekly and invoices pass two checks; thirty days is our standard with"
                " all suppliers."
            ),
        ),
        Decision(
            POSTING,
            outcome="agreed",
            title="Terms may change by posting",
            risk="high",
            rung="F1",
            by="bo",
            day=-3,
            edit=OUR_EDITS[4],
            justification=(
                "What we negotiate here should change only when both of us sign. For policies we accept"
                " notice."
            ),
        ),
        Decision(
            INDEMNITY,
            outcome="accepted",
            title="Indemnity only for final judgments",
            risk="high",
            rung="P",
            by="bo",
            day=-10,
            edit=OUR_EDITS[5],
            justification="The party that controls the product is best placed to defend it from the start.",
        ),
        Decision(
            SOLE,
            outcome="agreed",
            title="Credits are the sole remedy",
            risk="medium",
            rung="P",
            by="bo",
            day=-3,
            edit=OUR_EDITS[6],
            justification=(
                "Credits adjust the price; they do not replace the right to leave after repeated misses."
            ),
        ),
        Decision(
            INCREASE,
            outcome="edited",
            title="Renewal at list price",
            risk="medium",
            rung="P",
            by="bo",
            day=-10,
            edit=OUR_EDITS[7],
            justification="A ceiling tied to an index is usual for services of this kind and lets us budget.",
        ),
        Decision(
            TRAINING,
            outcome="open",
            title="Customer data may train their models",
            risk="high",
            note="Deal-breaker. Our clients’ contracts forbid it. Hold until the call on Thursday.",
        ),
        Decision(CONVENIENCE, outcome="open", title="Provider may leave on sixty days’ notice", risk="high"),
        Decision(ASSIGNMENT, outcome="open", title="Provider may assign to anyone", risk="medium"),
        Decision(
            LAW,
            outcome="dismissed",
            title="Law of England",
            risk="low",
            rung="F1",
            by="alice",
            day=-9,
            note="On our list of neutral laws. Kept as a trade against the cap.",
        ),
        Decision(PUBLICITY, outcome="open", title="Logo use without asking", risk="low"),
        Decision(
            ORDER_TERM,
            outcome="open",
            title="Order runs 24 months, master agreement 36",
            risk="medium",
            note="The order says it displaces the initial term. Ask Priya whether that is meant.",
        ),
    ),
    remarks=(
        Remark(
            CAP,
            by="bo",
            day=-11,
            audience="internal",
            text="Three months is EUR 46,500. One bad weekend would use it up.",
        ),
        Remark(
            CAP,
            by="carla",
            day=-11,
            audience="internal",
            text="I need one year at the least. Two if we give them the logo.",
        ),
        Remark(
            CAP,
            by="priya",
            day=-3,
            audience="external",
            text="Our insurers accept six months as a rule. I have asked for more and will know next week.",
        ),
        Remark(
            CAP,
            by="bo",
            day=-2,
            audience="external",
            text="Thank you. Could you tell us what your cover is for the loss of customer data?",
        ),
        Remark(
            RENEWAL_NOTICE,
            by="emil",
            day=-2,
            audience="internal",
            text="Sixty days is fine for us if the reminder goes out in time.",
        ),
        Remark(
            TRAINING,
            by="ines",
            day=-8,
            audience="internal",
            text="This cannot be squared with what we promised our clients. Strike it.",
        ),
        Remark(
            POSTING,
            by="priya",
            day=-3,
            audience="external",
            text="Agreed for the master terms. The policies are the same for all customers.",
        ),
        Remark(
            ORDER_RANK,
            by="alice",
            day=-5,
            audience="internal",
            text="Good for us: payment and availability in the order win over the master agreement.",
        ),
    ),
    asks=(
        Ask(
            RENEWAL_NOTICE,
            concession="Accept sixty (60) days’ notice against renewal",
            rung="F2",
            asked_by="bo",
            asked_day=-2,
            approver="emil",
            business_reason=(
                "Harbour Cloud gave way on payment and on posted terms; this is what it asks in return."
            ),
        ),
        Ask(
            CAP,
            concession="Accept the greater of EUR 150,000 and six months’ fees paid and payable",
            rung="below F1",
            asked_by="bo",
            asked_day=-2,
            approver="carla",
            business_reason=(
                "One year’s fees are EUR 186,000, so EUR 150,000 is short of our floor by EUR 36,000."
                " Closing before year-end keeps the price; our own cyber cover takes the difference."
            ),
        ),
    ),
)
