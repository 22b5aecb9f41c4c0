"""Real forms and our sample contracts: findings read by a lawyer, kept as a table."""

import pytest

import redline
from config.demo import contracts
from playbooks.judge import Case
from playbooks.library import shipped, shipped_names
from playbooks.review import page_of, review, together
from tests.shared import SHARED, needs_shared

DOCX = SHARED / "data" / "docx"

# document, playbook, {issue: (status, the values that decide it)}
FORMS = [
    (
        "common-paper-one-way-nda",
        "mutual-nda",
        {
            "mutuality": ("outside", {"binds": "one"}),
            "exceptions": ("compliant", {"proof": "shown"}),
            "compelled_disclosure": ("compliant", {"notice": "prior"}),
            "secrecy_term": ("unsure", {}),
            "return_destroy": ("compliant", {"keep": ["backup", "legal_copy"]}),
            "governing_law": ("unsure", {}),
            "no_licence": ("compliant", {"licence": "none"}),
            "residuals": ("compliant", {}),
        },
    ),
    ("bonterms-mutual-nda", "mutual-nda", {"residuals": ("unsure", {}), "secrecy_term": ("unsure", {})}),
    (
        "common-paper-csa-with-sla",
        "saas-customer",
        {
            "liability_cap": ("unsure", {"cap.months": {"unknown": "the form is blank here"}}),
            "data_breach_cap": ("unsure", {}),
            "indirect_loss": ("compliant", {"binds": "both"}),
            "ip_indemnity": ("compliant", {"acts": ["defend", "indemnify"]}),
            "auto_renewal": ("unsure", {}),
            "payment": ("unsure", {}),
            "termination_cause": ("compliant", {"cure_days": 30}),
            "data_use": ("outside", {"training": "yes"}),
            "publicity": ("outside", {"consent": "none"}),
            "assignment": ("compliant", {"free": ["successor"]}),
            "governing_law": ("unsure", {}),
        },
    ),
    (
        "common-paper-data-processing-agreement",
        "dpa-controller",
        {
            "breach_notice": ("outside", {"hours": 72, "from": "aware"}),
            "transfers": ("outside", {"scope": "free"}),
            "liability": ("outside", {"position": "main_cap"}),
            "precedence": ("compliant", {"prevails": "dpa"}),
            "sub_processors": ("outside", {"notice_days": 14, "objection": "yes", "exit": "no"}),
            "security": ("unsure", {}),
        },
    ),
]
SAMPLES = [
    (
        "master-saas-agreement",
        "saas-customer",
        {
            "liability_cap": (
                "outside",
                ["paid and payable by the Customer in the twenty-four (24) months", "Fees paid and payable"],
            ),
            "data_breach_cap": ("outside", []),
            "indirect_loss": ("outside", []),
            "ip_indemnity": ("outside", ["shall defend"]),
            "auto_renewal": ("outside", ["twelve (12)", "thirty (30)"]),
            "renewal_price": ("outside", ["three percent (3%)"]),
            "unilateral_change": ("outside", []),
            "payment": ("fallback", ["forty-five (45)"]),
            "provider_exit": ("outside", []),
            "data_use": ("outside", []),
            "publicity": ("outside", []),
            "assignment": ("outside", []),
            "governing_law": ("outside", ["Germany"]),
            "data_return": ("compliant", []),
            "dpa": ("compliant", []),
            "performance_warranty": ("compliant", []),
        },
    ),
    (
        "data-processing-agreement",
        "dpa-controller",
        {
            "breach_notice": ("outside", ["twenty-four (24)", "become aware of"]),
            "sub_processors": ("outside", ["thirty (30)"]),
            "audit": ("outside", []),
            "transfers": ("outside", []),
            "erasure": ("outside", []),
            "liability": ("outside", []),
            "instructions": ("compliant", []),
            "security": ("compliant", []),
            "precedence": ("compliant", []),
        },
    ),
    (
        "evaluation-nda",
        "mutual-nda",
        {
            "secrecy_term": ("outside", ["three (3)"]),
            "residuals": ("outside", []),
            "non_solicit": ("outside", []),
            "penalty": ("outside", []),
            "return_destroy": ("outside", ["thirty (30)"]),
            "compelled_disclosure": ("outside", []),
            "confidential_information": ("outside", []),
            "exceptions": ("compliant", []),
            "representatives": ("compliant", []),
        },
    ),
    (
        "hosting-order-form",
        "saas-customer",
        {"liability_cap": ("unsure", []), "governing_law": ("unsure", [])},
    ),
]


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize(("form", "playbook", "expected"), FORMS, ids=[form for form, _, _ in FORMS])
def test_a_form_is_read_as_a_lawyer_reads_it(form, playbook, expected):
    found = review(shipped(playbook), redline.read((DOCX / f"{form}.docx").read_bytes()))
    for issue, (status, values) in expected.items():
        finding = found.finding(issue)
        assert finding.status == status, (issue, finding.rule)
        assert {name: finding.value.get(name) for name in values} == values, issue


@pytest.mark.parametrize(("slug", "playbook", "expected"), SAMPLES, ids=[slug for slug, _, _ in SAMPLES])
def test_our_sample_contracts_give_the_findings_they_were_written_for(slug, playbook, expected):
    found = review(shipped(playbook), redline.read(contracts.build(slug)))
    for issue, (status, texts) in expected.items():
        finding = found.finding(issue)
        assert finding.status == status, (issue, finding.rule)
        if status == "outside":
            assert finding.changes, issue
        if issue == "liability_cap":
            continue
        written = [edit.get("text", "") for edit in finding.changes]
        assert all(any(text in one for one in written) for text in texts), (issue, written)


def test_our_own_form_has_nothing_outside_our_own_playbook():
    found = review(shipped("mutual-nda"), redline.read(contracts.build("mutual-nda")), paper="ours")
    assert {finding.status for finding in found.findings} <= {"compliant", "fallback"}
    assert [
        finding.issue for finding in found.findings if finding.changes and finding.status == "outside"
    ] == []


def sources():
    yield from ((slug, contracts.build(slug)) for slug in sorted(c.slug for c in contracts.catalogue()))
    if DOCX.is_dir():
        yield from ((path.stem, path.read_bytes()) for path in sorted(DOCX.glob("*.docx")))


@pytest.mark.parametrize(("slug", "playbook"), [(slug, playbook) for slug, playbook, _ in SAMPLES])
def test_an_accepted_proposal_mends_its_issue_and_harms_no_other(slug, playbook):
    harms_none(page_of(redline.read(contracts.build(slug))), shipped(playbook))


def harms_none(page, playbook):
    before, checked = Case(playbook, page, {}), 0
    for finding in review(playbook, page).findings:
        if finding.changes:
            after = Case(playbook, page.edited(finding.changes), {})
            issue = playbook.issue(finding.issue)
            assert after.standing(issue).position <= 2 * issue.position(issue.opening), issue.code
            worse = [
                i.code for i in playbook.issues if after.standing(i).position > before.standing(i).position
            ]
            assert worse == [], issue.code
            checked += 1
    return checked


@pytest.mark.slow
def test_accepting_any_proposal_mends_its_issue_and_harms_no_other():
    pages = [page_of(redline.read(data)) for _, data in sources()]
    assert sum(harms_none(page, shipped(name)) for page in pages for name in shipped_names()) > 60


OWN = [(slug, playbook) for slug, playbook, _ in SAMPLES]


@pytest.mark.parametrize(("slug", "playbook"), OWN)
def test_the_engine_writes_all_proposals_of_a_review_at_once(slug, playbook):
    data = contracts.build(slug)
    document = redline.read(data)
    edits = together(review(shipped(playbook), document))
    applied = redline.apply(data, edits, date="2026-01-01T00:00:00Z")
    assert redline.text(applied.docx) == page_of(document).edited(edits).text
    assert redline.text(applied.docx, view="original") == redline.text(data)


@pytest.mark.slow
def test_the_engine_accepts_every_proposal():
    for title, data in sources():
        document = redline.read(data)
        for name in shipped_names():
            for finding in review(shipped(name), document).findings:
                if finding.changes:
                    applied = redline.apply(data, finding.changes, date="2026-01-01T00:00:00Z")
                    assert redline.text(applied.docx) == page_of(document).edited(finding.changes).text, (
                        title,
                        finding.issue,
                    )
