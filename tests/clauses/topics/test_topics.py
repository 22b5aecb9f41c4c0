"""What each topic reads: a text, and the values it must give."""
# ruff: noqa: E501  (the words of a clause stand whole)

from decimal import Decimal

import pytest

from clauses.topics import TOPICS
from clauses.topics.page import Page
from clauses.topics.values import ABSENT, CLAUSE, UNKNOWN

U, A = "?", None  # unknown, absent

CASES = [
    (
        "indirect_loss",
        "8.1 Liability shall not exceed EUR 100.\n8.2 Neither party is liable for indirect loss.\n"
        "8.3 Clauses 8.1 and 8.2 do not apply to a breach of confidentiality.",
        {"waiver.exceptions": ("confidentiality",)},
    ),
    (
        "indirect_loss",
        "8.1 Liability shall not exceed EUR 100.\n8.2 Neither party is liable for indirect loss.\n"
        "8.3 Clause 8.1 does not apply to a breach of confidentiality.",
        {"waiver.exceptions": ()},
    ),
    (
        "data_cap",
        "8.1 The total liability of a party shall not exceed EUR 100.\n8.2 Neither party is liable for indirect loss.\n"
        "8.3 Clauses 8.1 and 8.2 do not apply to a breach of data protection obligations.",
        {"uncapped": ("data_breach",)},
    ),
    (
        "data_cap",
        "8.1 The total liability of a party shall not exceed EUR 100.\n8.2 Neither party is liable for indirect loss.\n"
        "8.3 Clause 8.2 does not apply to a breach of data protection obligations.",
        {"uncapped": ()},
    ),
    (
        "assistance",
        "The Processor shall assist the Controller with requests of data subjects free of charge.",
        {"cost": "free"},
    ),
    (
        "assistance",
        "The Processor shall assist the Controller with requests of data subjects and may charge its usual rates.",
        {"cost": "ours"},
    ),
    (
        "publicity",
        "The parties will use the platform under the Master Agreement with reference HC-1 (the “Agreement”).",
        None,
    ),
    ("publicity", "The Work will not infringe any trademark, right of privacy or publicity of others.", None),
    (
        "ip_indemnity",
        "The Provider shall defend the Customer and hold the Customer harmless from claims that the Services infringe a patent.",
        {"acts": ("defend", "indemnify")},
    ),
    (
        "ip_indemnity",
        "The Provider shall defend the Customer against claims that the Services infringe patents in the United States.",
        {"territory": "limited"},
    ),
    (
        "secrecy_term",
        "The duties of confidentiality last for seven (7) years from the Effective Date.",
        {"years": 7, "from": "effective_date", "trade_secrets": A},
    ),
    (
        "secrecy_term",
        "Confidentiality obligations shall survive for 18 months after termination.",
        {"years": Decimal("1.5"), "from": "end"},
    ),
    (
        "secrecy_term",
        "The obligations of secrecy survive indefinitely.",
        {"duration": "perpetual", "years": A},
    ),
    ("secrecy_term", "The confidentiality obligations survive for two (3) years.", {"years": U}),
    (
        "secrecy_exceptions",
        "Confidential Information does not include information that is publicly "
        "available or that Recipient can document it knew prior to receipt.",
        {"exceptions": ("known", "public"), "proof": "records"},
    ),
    (
        "compelled_disclosure",
        "If a court or an authority so orders, the Recipient may disclose information. "
        "It shall inform the Discloser within five days after it is made.",
        {"notice": "after", "lawful_limit": "no"},
    ),
    (
        "compelled_disclosure",
        "A party may disclose Confidential Information that the law requires it to "
        "disclose if, where this is lawful, it first gives the other party notice.",
        {"notice": "prior", "lawful_limit": "yes"},
    ),
    (
        "return_destroy",
        "Upon request Recipient shall within five (5) days destroy all copies of "
        "Confidential Information, including every copy in its backups.",
        {"days": 5, "keep": (), "backups_too": "yes"},
    ),
    (
        "non_solicit",
        "For two (2) years neither party shall solicit or hire any employee of the other.",
        {"months": 24, "kind": "both", "exempt": ()},
    ),
    (
        "assignment",
        "Neither party may assign this Agreement without consent, not to be unreasonably withheld.",
        {"consent": "reasonable", "binds": "both", "free": ()},
    ),
    (
        "assignment",
        "The Customer shall not assign this Agreement. The Provider may assign this "
        "Agreement to any person without consent.",
        {"binds": "customer"},
    ),
    ("assignment", "Customer makes an assignment for the benefit of creditors.", A),
    (
        "governing_law",
        "This Agreement is governed by German law. The courts of Hamburg have exclusive jurisdiction.",
        {"law": "Germany", "forum": "Germany", "forum_matches": "yes"},
    ),
    (
        "governing_law",
        "The law of England and Wales governs this Agreement.\nThe courts of Paris "
        "have exclusive jurisdiction.",
        {"law": "England and Wales", "forum": "France", "forum_matches": "no"},
    ),
    (
        "governing_law",
        "This Agreement is governed by the laws of the State of New York, without "
        "regard to conflicts of law.",
        {"law": "New York", "forum": A},
    ),
    ("governing_law", "Governing Law\nThe laws of the State of {governing_law}.", {"law": U}),
    ("governing_law", "Overtime and breaks are governed by the California Labor Code.", A),
    ("governing_law", "Meetings are governed by the provisions of the Delaware General Corporation Law.", A),
    (
        "governing_law",
        "This Agreement is governed by the Texas Property Code and the laws of the State of Texas.",
        {"law": "Texas"},
    ),
    (
        "liability_cap",
        "The Provider's total liability shall not exceed the greater of USD 100,000 "
        "and the Fees paid or payable in the twelve (12) months before the claim.",
        {
            "cap.months": 12,
            "cap.base": "paid_and_payable",
            "cap.amount": 100_000,
            "cap.combine": "greater",
            "binds": "provider",
        },
    ),
    (
        "liability_cap",
        "Each party's entire liability will not exceed the General Cap.\n“General Cap” "
        "means two times (2x) the amounts paid in the 12 months preceding the claim.",
        {"cap.months": 24, "cap.base": "paid"},
    ),
    (
        "liability_cap",
        "Total liability in each year is limited to fifty per cent (50%) of the Fees paid in that year.",
        {"cap.months": 6},
    ),
    ("liability_cap", "Nothing in this Agreement limits liability for fraud.", A),
    (
        "data_cap",
        "The Provider's total liability shall not exceed the Fees paid in 12 months. "
        "This cap does not apply to breach of data protection obligations.",
        {"uncapped": ("data_breach",), "data_inside": "no"},
    ),
    (
        "data_cap",
        "The Provider's total liability shall not exceed the Fees paid in 12 months. "
        "The limit is a single limit and also applies to the processing of personal "
        "data.",
        {"data_inside": "yes"},
    ),
    (
        "indirect_loss",
        "Neither party is liable for indirect loss. This exclusion does not apply to "
        "breach of confidentiality.",
        {"binds": "both", "waiver.exceptions": ("confidentiality",)},
    ),
    (
        "auto_renewal",
        "This Agreement renews automatically for twenty-four (24) months unless a "
        "party gives ninety (90) days' notice.",
        {"months": 24, "notice_days": 90},
    ),
    (
        "auto_renewal",
        "The term shall automatically renew for successive one-year periods unless "
        "notice is given two months before its end.",
        {"months": 12, "notice_days": 60},
    ),
    (
        "auto_renewal",
        "This Order Form does not automatically renew and will expire at the end of the Subscription Period.",
        {"clause": A, "months": A},
    ),
    (
        "payment_days",
        "Customer will pay each invoice within 30 days of receipt. Interest runs on "
        "overdue invoices after 10 days.",
        {"days": 30, "from": "receipt"},
    ),
    ("payment_days", "Customer will pay each invoice within [ # ] days.", {"days": U}),
    (
        "uptime",
        "The Services shall be available 99.5% of each month. Service Credits are the "
        "sole remedy for any failure to meet a service level.",
        {"uptime": Decimal("99.5"), "exit": "no", "sole_remedy": "yes"},
    ),
    (
        "unilateral_change",
        "The Provider may change the Policies and the terms of this Agreement at any time by posting.",
        {"scope": ("agreement", "policies"), "no_reduction": "no"},
    ),
    ("provider_exit", "If no Subscription Term is in effect, either party may terminate for any reason.", A),
    ("data_use", "The Provider shall not use Customer Data to train models.", {"allowed": "no"}),
    (
        "data_use",
        "The Provider may use Customer Data to develop and train its models.",
        {"allowed": "yes", "scope": ("customer_data",), "training": "yes"},
    ),
    (
        "breach_notice",
        "Upon becoming aware of any Security Incident, Provider will notify Customer "
        "no later than 72 hours after becoming aware.",
        {"hours": 72, "from": "aware"},
    ),
    (
        "breach_notice",
        "The Processor shall notify the Controller of a data breach within two days "
        "after it has confirmed it.",
        {"hours": 48, "from": "confirmed"},
    ),
    (
        "sub_processors",
        "The Processor has general authorisation to engage Sub-processors and gives "
        "ten business days' notice. The Controller may object to a Sub-processor.",
        {"consent": "general", "notice_days": 14, "objection": "yes", "exit": "no"},
    ),
    (
        "audit",
        "The Controller receives an audit report, which shall satisfy every right of "
        "the Controller to audit.",
        {"reports_only": "yes", "onsite": "no"},
    ),
    ("transfers", "The Processor may transfer Personal Data to any country.", {"scope": "free"}),
    (
        "erasure",
        "At the end the Processor shall delete Personal Data within ninety (90) days. "
        "Copies in backups are deleted within 180 days.",
        {"days": 90, "backup_days": 180, "choice": "no", "proof": "no"},
    ),
]


@pytest.mark.parametrize(("topic", "text", "expected"), CASES)
def test_a_topic_reads_its_values(topic, text, expected):
    found = TOPICS[topic].read(Page.from_text(text))
    if expected is None:
        assert not found
        return
    assert found
    values = found[0].values
    for name, value in expected.items():
        read = values[name]
        shown = U if read.state == UNKNOWN else A if read.state == ABSENT else read.value
        assert shown == (Decimal(value) if isinstance(value, int) else value), (name, read)


@pytest.mark.parametrize(("topic", "text", "expected"), CASES)
def test_every_value_stands_where_it_says(topic, text, expected):
    page = Page.from_text(text)
    for instance in TOPICS[topic].read(page):
        for span in instance.spans:
            assert page.text[span.start : span.end].strip()
        for value in instance.values.values():
            for span in value.spans:
                assert 0 <= span.start <= span.end <= len(page.text)
            if value.quantity is not None:
                assert page.text[value.quantity.start : value.quantity.end] == value.quantity.quote


@pytest.mark.parametrize("code", sorted(TOPICS))
def test_a_topic_promises_what_it_reads(code):
    topic = TOPICS[code]
    assert topic.code == code
    assert topic.looks_for
    for text in [text for name, text, _ in CASES if name == code]:
        for instance in topic.read(Page.from_text(text)):
            assert set(instance.values) <= {*topic.values, CLAUSE}
            for name, value in [pair for pair in instance.values.items() if pair[0] != CLAUSE]:
                allowed = topic.values[name].allowed
                words = (
                    value.value
                    if isinstance(value.value, tuple)
                    else (value.value,)
                    if isinstance(value.value, str)
                    else ()
                )
                assert not allowed or set(words) <= set(allowed), (name, value)


@pytest.mark.parametrize("code", sorted(TOPICS))
@pytest.mark.parametrize("text", ["", "\n", "Hello.", "a b c " * 3000, ". . . .\n" * 50])
def test_a_topic_finds_nothing_in_nothing(code, text):
    assert not TOPICS[code].read(Page.from_text(text))
