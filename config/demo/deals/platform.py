"""The platform deal: master agreement and order form, in the middle of the negotiation."""

from config.demo.story_model import (
    Ask,
    Deal,
    Decision,
    Objective,
    Place,
    Preparation,
    Remark,
    Risk,
    Stage,
    Trade,
    Turn,
)

_MSA = "master-saas-agreement"
_ORDER = "hosting-order-form"

CAP = Place(_MSA, "liability_cap", "the Fees paid by the Customer in the three (3) months before the event")
CAP_SCOPE = Place(_MSA, "liability_exclusions", "also applies to breach of confidentiality")
INDIRECT = Place(_MSA, "liability_exclusions", "loss or corruption of data, the cost of substitute services")
RENEWAL = Place(_MSA, "renewal", "renews automatically for a further period of twenty-four (24) months")
RENEWAL_NOTICE = Place(_MSA, "renewal", "gives the other at least ninety (90) days’ notice")
PAYMENT = Place(_MSA, "payment", "within fourteen (14) days of the date of the invoice")
POSTING = Place(_MSA, "general", "at any time by posting the changed version on its website")
INCREASE = Place(_MSA, "fees", "at the beginning of each Renewal Term to its list prices then in force")
INDEMNITY = Place(_MSA, "indemnity", "the Provider shall reimburse the Customer for damages")
SOLE = Place(_MSA, "service_levels", "The Service Credits are the Customer’s sole and exclusive remedy")
TRAINING = Place(_MSA, "ai", "to develop and train its own analytical models")
CONVENIENCE = Place(_MSA, "termination", "The Provider may terminate this Agreement for convenience")
ASSIGNMENT = Place(_MSA, "assignment", "The Provider may assign or transfer this Agreement to any person")
LAW = Place(_MSA, "governing_law", "is governed by the law of England and Wales")
PUBLICITY = Place(_MSA, "publicity", "The Provider may name the Customer and display its logo")
ORDER_TERM = Place(_ORDER, "term", "Twenty-four (24) months from the Start Date")
ORDER_RANK = Place(_ORDER, "order_of_precedence", "then this Order, for the rows of the key terms table only")

_OUR_EDITS = (
    (
        "shall not exceed the Fees paid by the Customer in the three (3) months before the event that gave"
        " rise to the claim",
        "shall not exceed the greater of EUR 500,000 and the Fees paid and payable by the Customer for the"
        " twenty-four (24)"
        " months before the event that gave rise to the claim",
    ),
    (
        "for a further period of twenty-four (24) months",
        "for a further period of twelve (12) months",
    ),
    ("at least ninety (90) days’ notice", "at least thirty (30) days’ notice"),
    (
        "within fourteen (14) days of the date of the invoice",
        "within thirty (30) days of receiving the invoice",
    ),
    (
        "The Provider may change the Policies, the Documentation and the terms of this Agreement at any time",
        "The Provider may change the Policies and the Documentation, but not so as to reduce the Services"
        " or the Customer’s"
        " rights, on thirty (30) days’ notice",
    ),
    (
        "the Provider shall reimburse the Customer for damages that a court of final instance awards"
        " against it",
        "the Provider shall defend the Customer and pay the damages, costs and settlements that result",
    ),
    (
        "The Service Credits are the Customer’s sole and exclusive remedy",
        "The Service Credits are not the Customer’s exclusive remedy",
    ),
    (
        "to its list prices then in force",
        "by no more than the lesser of three per cent (3%) and the rise in the consumer price index in the"
        " year before",
    ),
)

_THEIR_EDITS = (
    ("for the twenty-four (24) months before the event", "for the six (6) months before the event"),
    ("the greater of EUR 500,000 and the Fees", "the greater of EUR 150,000 and the Fees"),
    ("at least thirty (30) days’ notice before the end", "at least sixty (60) days’ notice before the end"),
    ("no more than the lesser of three per cent (3%)", "no more than the greater of five per cent (5%)"),
    ("defend the Customer and pay the damages", "at its own cost defend the Customer and pay the damages"),
)

_THEIR_SILENT = (
    (
        "For thirty (30) days after the end the Provider shall let",
        "For ten (10) days after the end the Provider shall let",
    ),
    (
        "It shall not remove a feature on which the Customer materially relies without giving",
        "It may remove a feature by giving",
    ),
)

PLATFORM = Deal(
    key="platform",
    title="Harbour Insight data platform",
    stage=Stage.NEGOTIATION,
    contracts=(_ORDER, _MSA),
    playbook="saas-customer",
    value=558_000,
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
        " settled; liability,"
        " renewal and the right to change terms are not."
    ),
    preparation=Preparation(
        objectives=(
            Objective(
                "Liability of at least one year’s fees for every claim",
                "must-have",
                True,
                "Cap ≥ EUR 186,000",
            ),
            Objective(
                "No use of client data to train models",
                "deal-breaker",
                True,
                "Clause removed or by consent only",
            ),
            Objective(
                "Prices fixed for three years, then a ceiling",
                "must-have",
                False,
                "Rise ≤ 3% a year, 5% at most",
            ),
            Objective(
                "Exit on short notice once the first term is over", "nice-to-have", False, "Notice ≤ 60 days"
            ),
            Objective("Court in Hamburg", "nice-to-have", False, "Hamburg, or a neutral place"),
        ),
        risks=(
            Risk(
                "liability_cap",
                "financial",
                "A lost month of client reporting costs us about EUR 210,000",
                "Cap of twenty-four months’ fees; cyber cover of our own raised to EUR 2m before go-live",
            ),
            Risk(
                "renewal",
                "financial",
                "A missed notice date commits us to EUR 372,000",
                "Shorter renewal; reminder 120 and 60 days before the notice date",
            ),
            Risk(
                "general",
                "legal",
                "Terms that change by posting undo what we agree here",
                "Policies only, no loss of rights, and thirty days’ notice",
            ),
            Risk(
                "termination",
                "operational",
                "The supplier could leave us with sixty days to move",
                "Strike its right to leave, or twelve months’ notice and help with the move",
            ),
        ),
        trades=(
            Trade("Reference and logo on their website after go-live", "Price ceiling of 3% on renewal"),
            Trade("English law for the master agreement", "Cap at twenty-four months’ fees"),
            Trade("Annual payment in advance", "Thirty days to pay"),
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
            "them",
            "priya",
            -30,
            "Counterparty draft",
            "Please find our standard agreement and the order form.",
            _MSA,
        ),
        Turn(
            "us",
            "bo",
            -10,
            "Internal revision",
            "Thank you for your draft. Our changes are few and each carries its reason. We would be glad"
            " to talk on Thursday.",
            _MSA,
            tracked=_OUR_EDITS,
        ),
        Turn(
            "them",
            "priya",
            -3,
            "Counterparty revision",
            "We have met you on payment, on posted terms and on credits. On liability and renewal this is"
            " as far as I may go"
            " without my director.",
            _MSA,
            tracked=_THEIR_EDITS,
            silent=_THEIR_SILENT,
        ),
    ),
    decisions=(
        Decision(
            CAP,
            "countered",
            "Limit of liability is three months’ fees",
            "high",
            "P",
            "bo",
            -10,
            _OUR_EDITS[0],
            "The limit should bear a reasonable relation to the loss that a failure of the platform would"
            " cause.",
            "Carla will live with twelve months paid and payable. Below that it is hers to decide.",
        ),
        Decision(
            CAP_SCOPE,
            "open",
            "Data breach and confidentiality lie under the general limit",
            "high",
            note="Raise with the insurers first: what do they cover?",
        ),
        Decision(INDIRECT, "open", "Loss of data is excluded altogether", "high"),
        Decision(
            RENEWAL,
            "countered",
            "Renews for twenty-four months",
            "medium",
            "F1",
            "bo",
            -10,
            _OUR_EDITS[1],
            "A renewal of twelve months lets both sides plan with the budget year.",
        ),
        Decision(
            RENEWAL_NOTICE,
            "countered",
            "Ninety days’ notice against renewal",
            "medium",
            "F1",
            "bo",
            -10,
            _OUR_EDITS[2],
            "Thirty days is enough for the provider to plan capacity.",
            "Sixty days is the last rung; Emil has to agree.",
        ),
        Decision(
            PAYMENT,
            "agreed",
            "Fourteen days to pay",
            "medium",
            "P",
            "bo",
            -3,
            _OUR_EDITS[3],
            "Our payment run is weekly and invoices pass two checks; thirty days is our standard with all"
            " suppliers.",
        ),
        Decision(
            POSTING,
            "agreed",
            "Terms may change by posting",
            "high",
            "F1",
            "bo",
            -3,
            _OUR_EDITS[4],
            "What we negotiate here should change only when both of us sign. For policies we accept notice.",
        ),
        Decision(
            INDEMNITY,
            "accepted",
            "Indemnity only for final judgments",
            "high",
            "P",
            "bo",
            -10,
            _OUR_EDITS[5],
            "The party that controls the product is best placed to defend it from the start.",
        ),
        Decision(
            SOLE,
            "agreed",
            "Credits are the sole remedy",
            "medium",
            "P",
            "bo",
            -3,
            _OUR_EDITS[6],
            "Credits adjust the price; they do not replace the right to leave after repeated misses.",
        ),
        Decision(
            INCREASE,
            "edited",
            "Renewal at list price",
            "medium",
            "P",
            "bo",
            -10,
            _OUR_EDITS[7],
            "A ceiling tied to an index is usual for services of this kind and lets us budget.",
        ),
        Decision(
            TRAINING,
            "open",
            "Customer data may train their models",
            "high",
            note="Deal-breaker. Our clients’ contracts forbid it. Hold until the call on Thursday.",
        ),
        Decision(CONVENIENCE, "open", "Provider may leave on sixty days’ notice", "high"),
        Decision(ASSIGNMENT, "open", "Provider may assign to anyone", "medium"),
        Decision(
            LAW,
            "dismissed",
            "Law of England",
            "low",
            "F1",
            "alice",
            -9,
            None,
            "",
            "On our list of neutral laws. Kept as a trade against the cap.",
        ),
        Decision(PUBLICITY, "open", "Logo use without asking", "low"),
        Decision(
            ORDER_TERM,
            "open",
            "Order runs 24 months, master agreement 36",
            "medium",
            note="The order says it displaces the initial term. Ask Priya whether that is meant.",
        ),
    ),
    remarks=(
        Remark(CAP, "bo", -11, "internal", "Three months is EUR 46,500. One bad weekend would use it up."),
        Remark(CAP, "carla", -11, "internal", "I need one year at the least. Two if we give them the logo."),
        Remark(
            CAP,
            "priya",
            -3,
            "external",
            "Our insurers accept six months as a rule. I have asked for more and will know next week.",
        ),
        Remark(
            CAP,
            "bo",
            -2,
            "external",
            "Thank you. Could you tell us what your cover is for the loss of customer data?",
        ),
        Remark(
            RENEWAL_NOTICE,
            "emil",
            -2,
            "internal",
            "Sixty days is fine for us if the reminder goes out in time.",
        ),
        Remark(
            TRAINING,
            "ines",
            -8,
            "internal",
            "This cannot be squared with what we promised our clients. Strike it.",
        ),
        Remark(
            POSTING,
            "priya",
            -3,
            "external",
            "Agreed for the master terms. The policies are the same for all customers.",
        ),
        Remark(
            ORDER_RANK,
            "alice",
            -5,
            "internal",
            "Good for us: payment and availability in the order win over the master agreement.",
        ),
    ),
    asks=(
        Ask(
            RENEWAL_NOTICE,
            "Accept sixty (60) days’ notice against renewal",
            "F2",
            "bo",
            -2,
            "emil",
            "Harbour Cloud gave way on payment and on posted terms; this is what it asks in return.",
        ),
        Ask(
            CAP,
            "Accept the greater of EUR 150,000 and six months’ fees paid and payable",
            "below F1",
            "bo",
            -2,
            "carla",
            "One year’s fees are EUR 186,000, so EUR 150,000 is short of our floor by EUR 36,000. Closing"
            " before year-end"
            " keeps the price; our own cyber cover takes the difference.",
        ),
    ),
)
