"""The data processing agreement: every concession approved, to be agreed and signed."""

from config.demo.story_model import Ask, Deal, Decision, Place, Remark, Signing, Stage, Turn, Verification

_CONTRACT = "data-processing-agreement"

_DPA_EDITS = (
    (
        "no later than seventy-two (72) hours after the Processor has confirmed it",
        "no later than forty-eight (48) hours after the Processor has become aware of it",
    ),
    ("at least ten (10) days’ notice by e-mail", "at least thirty (30) days’ notice by e-mail"),
    (
        "The Processor may engage the Sub-processor if, having considered the objection, it believes the"
        " engagement to be justified.",
        "If they do not agree within thirty (30) days, the Controller may terminate the Services"
        " concerned and recover Fees paid in advance.",
    ),
    (
        "The report satisfies every right of the Controller to audit or inspect the Processor.",
        "After a Personal Data Breach, or where a Supervisory Authority requires it, the Controller may"
        " also inspect on site.",
    ),
    ("delete Personal Data within ninety (90) days", "delete Personal Data within sixty (60) days"),
    ("within one hundred and eighty (180) days at the latest", "within ninety (90) days at the latest"),
    (
        "to any country where it, its affiliates or its Sub-processors have facilities, if the transfer"
        " satisfies Data Protection Law",
        "only to the places listed in Annex 3 and by the mechanism stated there",
    ),
)

PRIVACY = Deal(
    key="privacy",
    title="Data processing for Harbour Insight",
    stage=Stage.APPROVAL,
    contracts=(_CONTRACT,),
    playbook="dpa-controller",
    value=0,
    term_months=36,
    opened_day=-33,
    stage_day=-2,
    target_day=5,
    lead="bo",
    their_lead="priya",
    next_action="Both sides record that they agree to the text; then they can sign",
    waiting_on="us",
    summary=(
        "Every point is settled with Harbour Cloud. What was below what legal may give alone has the privacy"
        " officer’s approval."
    ),
    turns=(
        Turn(
            side="them",
            by="priya",
            day=-31,
            label="Counterparty draft",
            message="Our data processing terms, as used with all customers.",
            contract=_CONTRACT,
        ),
        Turn(
            side="us",
            by="bo",
            day=-18,
            label="Internal revision",
            message="Our changes. The breach clause matters most to us.",
            contract=_CONTRACT,
            tracked=_DPA_EDITS,
        ),
        Turn(
            side="them",
            by="priya",
            day=-5,
            label="Counterparty revision",
            message="Accepted in full, with a small clarification on inspections.",
            contract=_CONTRACT,
            tracked=(
                ("may also inspect on site", "may also inspect on site on five (5) working days’ notice"),
            ),
        ),
    ),
    decisions=(
        Decision(
            Place(_CONTRACT, "breach_notice", "no later than seventy-two (72) hours"),
            outcome="agreed",
            title="Breach notice after seventy-two hours",
            risk="high",
            rung="F2",
            by="bo",
            day=-5,
            edit=_DPA_EDITS[0],
            justification=(
                "The controller has seventy-two hours in all; it needs part of them for its own assessment."
            ),
            note="We asked for 24 by telephone; Helen Marsh offered 48 and will not go lower.",
        ),
        Decision(
            Place(_CONTRACT, "sub_processors", "at least ten (10) days’ notice by e-mail"),
            outcome="agreed",
            title="Ten days’ notice of new sub-processors",
            risk="high",
            rung="F1",
            by="bo",
            day=-5,
            edit=_DPA_EDITS[1],
            justification="Our own clients must be told first, and their contracts give them two weeks.",
        ),
        Decision(
            Place(_CONTRACT, "sub_processors", "it believes the engagement to be justified"),
            outcome="agreed",
            title="An objection changes nothing",
            risk="high",
            rung="F1",
            by="bo",
            day=-5,
            edit=_DPA_EDITS[2],
            justification="A right to object is of use only if something follows from it.",
        ),
        Decision(
            Place(_CONTRACT, "audit", "The report satisfies every right of the Controller to audit"),
            outcome="agreed",
            title="Audit by report only",
            risk="medium",
            rung="F1",
            by="bo",
            day=-5,
            edit=_DPA_EDITS[3],
            justification="Reports first; on site only where something has happened or an authority asks.",
        ),
        Decision(
            Place(_CONTRACT, "deletion", "delete Personal Data within ninety (90) days"),
            outcome="agreed",
            title="Ninety days to delete",
            risk="medium",
            rung="F1",
            by="bo",
            day=-5,
            edit=_DPA_EDITS[4],
            justification="Sixty days are enough once the export is confirmed.",
        ),
        Decision(
            Place(_CONTRACT, "transfers", "It may make a Restricted Transfer to any country"),
            outcome="agreed",
            title="Transfers to any country",
            risk="high",
            rung="F1",
            by="bo",
            day=-5,
            edit=_DPA_EDITS[6],
            justification="The annex already lists every place; we only ask that the list binds.",
        ),
        Decision(
            Place(
                _CONTRACT,
                "liability_cap",
                "subject to the limits and exclusions of liability in the Main Agreement",
            ),
            outcome="dismissed",
            title="Liability lies within the main limit",
            risk="medium",
            rung="",
            by="alice",
            day=-17,
            note="Dealt with in the master agreement, where a higher limit for data is on the table.",
        ),
    ),
    remarks=(
        Remark(
            Place(_CONTRACT, "breach_notice", "no later than seventy-two (72) hours"),
            by="ines",
            day=-20,
            audience="internal",
            text=(
                "Forty-eight leaves us one day. I can accept it only if the clock starts when they know, not"
                " when they are sure."
            ),
        ),
        Remark(
            Place(_CONTRACT, "audit", "The report satisfies every right of the Controller to audit"),
            by="priya",
            day=-5,
            audience="external",
            text="On site is fine with five working days’ notice, so that we can free the people.",
        ),
        Remark(
            Place(_CONTRACT, "sub_processors", "The Controller gives the Processor general authorisation"),
            by="ines",
            day=-19,
            audience="internal",
            text="General authorisation is all right with thirty days and a way out.",
        ),
    ),
    asks=(
        Ask(
            Place(_CONTRACT, "breach_notice", "no later than seventy-two (72) hours"),
            concession="Accept forty-eight hours from awareness for breach notice",
            rung="F2",
            asked_by="bo",
            asked_day=-4,
            approver="ines",
            business_reason=(
                "Twenty-four and thirty-six hours were refused. The clock now starts with awareness, which"
                " we had not had before."
            ),
            status="approved",
            decided_day=-3,
            words="Approved, because the clock starts when they know.",
        ),
        Ask(
            Place(_CONTRACT, "audit", "The report satisfies every right of the Controller to audit"),
            concession="Accept inspection on site only after a breach or on an authority’s demand",
            rung="F1",
            asked_by="bo",
            asked_day=-19,
            approver="ines",
            business_reason="Their yearly report covers what we would look at in an ordinary year.",
            status="approved with condition",
            decided_day=-18,
            words="Approved, if the report is in our hands before go-live and then each year.",
        ),
    ),
    verifications=(
        Verification(side="us", by="alice", day=-3),
        Verification(side="them", by="oliver", day=-3),
    ),
    signings=(Signing(side="us", by="alice", day=None), Signing(side="them", by="grace", day=None)),
)
