"""The trial of a new product: their paper, reviewed, nothing decided."""

from config.demo.story_model import Deal, Decision, Place, Remark, Stage, Turn

_CONTRACT = "evaluation-nda"

TRIAL = Deal(
    key="trial",
    title="Trial of Harbour Foresight",
    stage=Stage.ISSUES,
    contracts=(_CONTRACT,),
    playbook="mutual-nda",
    value=0,
    term_months=3,
    opened_day=-9,
    stage_day=-2,
    target_day=12,
    lead="bo",
    their_lead="priya",
    next_action="Decide the eight findings of the review",
    waiting_on="us",
    summary=(
        "Their paper for a free trial of ninety days. Reviewed against our NDA playbook; nothing decided yet."
    ),
    turns=(
        Turn(
            side="them",
            by="priya",
            day=-3,
            label="Counterparty draft",
            message="The paper for the trial. We could start on Monday week.",
            contract=_CONTRACT,
        ),
    ),
    decisions=(
        Decision(
            Place(_CONTRACT, "term", "last for seven (7) years from the Effective Date"),
            outcome="open",
            title="Secrecy lasts seven years and trade secrets end with it",
            risk="medium",
        ),
        Decision(
            Place(
                _CONTRACT, "confidentiality", "is confirmed in writing as confidential within ten (10) days"
            ),
            outcome="open",
            title="Oral information must be confirmed within ten days",
            risk="medium",
        ),
        Decision(
            Place(_CONTRACT, "confidentiality", "Each party may retain in the unaided memory of its staff"),
            outcome="open",
            title="Residuals sentence lets know-how walk out",
            risk="high",
        ),
        Decision(
            Place(_CONTRACT, "deletion", "including every copy in its archives and backups"),
            outcome="open",
            title="All copies destroyed in five days, backups included",
            risk="medium",
        ),
        Decision(
            Place(_CONTRACT, "confidentiality", "within five (5) Business Days after it is made"),
            outcome="open",
            title="Compelled disclosure is notified afterwards only",
            risk="medium",
        ),
        Decision(
            Place(
                _CONTRACT, "non_solicit", "solicit, engage or employ any employee or contractor of the other"
            ),
            outcome="open",
            title="No-hire for twenty-four months with a penalty",
            risk="high",
        ),
        Decision(
            Place(_CONTRACT, "ai", "Harbour Cloud may use the Test Data to train and improve"),
            outcome="open",
            title="Test data may train their models",
            risk="high",
        ),
        Decision(
            Place(_CONTRACT, "governing_law", "The law of England and Wales governs this Agreement"),
            outcome="open",
            title="Law of England",
            risk="low",
        ),
    ),
    remarks=(
        Remark(
            Place(_CONTRACT, "non_solicit", "a sum equal to the last annual salary of the person concerned"),
            by="alice",
            day=-1,
            audience="internal",
            text="A fixed sum may not stand up here; ask for the whole clause to go.",
        ),
    ),
)
