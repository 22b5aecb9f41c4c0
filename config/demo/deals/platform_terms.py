"""The places in the platform contracts that the story speaks of, and what each side asked for there."""

from config.demo.story_model import Place

MSA = "master-saas-agreement"
ORDER = "hosting-order-form"
CAP = Place(MSA, "liability_cap", "the Fees paid by the Customer in the three (3) months before the event")
CAP_SCOPE = Place(MSA, "liability_exclusions", "also applies to breach of confidentiality")
INDIRECT = Place(MSA, "liability_exclusions", "loss or corruption of data, the cost of substitute services")
RENEWAL = Place(MSA, "renewal", "renews automatically for a further period of twenty-four (24) months")
RENEWAL_NOTICE = Place(MSA, "renewal", "gives the other at least ninety (90) days’ notice")
PAYMENT = Place(MSA, "payment", "within fourteen (14) days of the date of the invoice")
POSTING = Place(MSA, "general", "at any time by posting the changed version on its website")
INCREASE = Place(MSA, "fees", "at the beginning of each Renewal Term to its list prices then in force")
INDEMNITY = Place(MSA, "indemnity", "the Provider shall reimburse the Customer for damages")
SOLE = Place(MSA, "service_levels", "The Service Credits are the Customer’s sole and exclusive remedy")
TRAINING = Place(MSA, "ai", "to develop and train its own analytical models")
CONVENIENCE = Place(MSA, "termination", "The Provider may terminate this Agreement for convenience")
ASSIGNMENT = Place(MSA, "assignment", "The Provider may assign or transfer this Agreement to any person")
LAW = Place(MSA, "governing_law", "is governed by the law of England and Wales")
PUBLICITY = Place(MSA, "publicity", "The Provider may name the Customer and display its logo")
ORDER_TERM = Place(ORDER, "term", "Twenty-four (24) months from the Start Date")
ORDER_RANK = Place(ORDER, "order_of_precedence", "then this Order, for the rows of the key terms table only")

OUR_EDITS = (
    (
        "shall not exceed the Fees paid by the Customer in the three (3) months before the event that"
        " gave rise to the claim",
        "shall not exceed the greater of EUR 500,000 and the Fees paid and payable by the Customer for"
        " the twenty-four (24) months before the event that gave rise to the claim",
    ),
    ("for a further period of twenty-four (24) months", "for a further period of twelve (12) months"),
    ("at least ninety (90) days’ notice", "at least thirty (30) days’ notice"),
    (
        "within fourteen (14) days of the date of the invoice",
        "within thirty (30) days of receiving the invoice",
    ),
    (
        "The Provider may change the Policies, the Documentation and the terms of this Agreement at any"
        " time by posting the changed version on its website. The Customer’s continued use of the"
        " Services after posting is acceptance of the change.",
        "The Provider may change the Policies and the Documentation on thirty (30) days’ notice by"
        " posting the changed version on its website, but not so as to reduce the Services or the"
        " Customer’s rights materially. If the Customer objects, it may terminate this Agreement and"
        " shall receive a refund of the Fees paid for the time after termination.",
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
        "by no more than the lesser of three per cent (3%) and the rise in the consumer price index in"
        " the year before",
    ),
)

THEIR_EDITS = (
    ("for the twenty-four (24) months before the event", "for the six (6) months before the event"),
    ("the greater of EUR 500,000 and the Fees", "the greater of EUR 150,000 and the Fees"),
    ("at least thirty (30) days’ notice before the end", "at least sixty (60) days’ notice before the end"),
    ("no more than the lesser of three per cent (3%)", "no more than the greater of five per cent (5%)"),
    ("defend the Customer and pay the damages", "at its own cost defend the Customer and pay the damages"),
)

THEIR_SILENT = (
    (
        "For thirty (30) days after the end the Provider shall let",
        "For ten (10) days after the end the Provider shall let",
    ),
    (
        "It shall not remove a feature on which the Customer materially relies without giving",
        "It may remove a feature by giving",
    ),
)
