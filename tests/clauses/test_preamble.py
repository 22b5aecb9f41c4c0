"""Who the parties are: preambles in the forms drafters use, and signature lines as the second source."""
# ruff: noqa: E501  (tables of cases are easier to check when a case is one line)

import pytest

from clauses import analyse
from clauses.parties import _is_no_name, _within_name, bare_name


def names(text):
    return [(p.name, p.alias) for p in analyse(text).parties]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'This Agreement is made by and between Acme, Inc., a Delaware corporation ("Acme"), and Fabrikam GmbH, having its office in Bonn ("Supplier").',
            [("Acme, Inc.", "Acme"), ("Fabrikam GmbH", "Supplier")],
        ),
        (
            'Between Northwind Inc. ("Northwind"), an Ohio corporation, and Ann Lee ("Talent"), an individual.',
            [("Northwind Inc.", "Northwind"), ("Ann Lee", "Talent")],
        ),
        (
            'Made among Alpha LLC ("Alpha"), Beta LLC ("Beta") and Gamma Ltd. ("Gamma"). Alpha, Beta and Gamma are each a "Party".',
            [("Alpha LLC", "Alpha"), ("Beta LLC", "Beta"), ("Gamma Ltd.", "Gamma")],
        ),
        (
            "SERVICES AGREEMENT\n\nBETWEEN\n\nALPHA MEDIA LTD.\n\nAND\n\nBETA FOODS, INC.\n\n1. Services. Alpha serves.",
            [("ALPHA MEDIA LTD.", ""), ("BETA FOODS, INC.", "")],
        ),
        (
            'between e-widgets.com, inc., with offices in Reno ("e-widgets"), and The University of Iowa ("University")',
            [("e-widgets.com, inc.", "e-widgets"), ("The University of Iowa", "University")],
        ),
        (
            "between (1) Alpha S.A., a company, hereinafter referred to as \"Licensor\", and (2) Beta B.V., hereinafter referred to as \"Licensee\"",
            [("Alpha S.A.", "Licensor"), ("Beta B.V.", "Licensee")],
        ),
        (
            "This contract is between the parties below:\n\nParty A: Alpha Trading Co., Ltd.\n\nAddress: 1 Road\n\nParty B: Beta (Beijing) Co., Ltd.\n\nWhereas",
            [("Alpha Trading Co., Ltd.", ""), ("Beta (Beijing) Co., Ltd.", "")],
        ),
        (
            'CONSULTING AGREEMENT\n\nAlpha Labs, Inc., with a place of business in Reno ("Alpha") and Beta B.V., of Leiden ("Consultant") agree to these terms.',
            [("Alpha Labs, Inc.", "Alpha"), ("Beta B.V.", "Consultant")],
        ),
    ],
)  # fmt: skip
def test_preambles(text, expected):
    assert names(text) == expected


def test_a_short_name_without_marks_counts_when_the_contract_uses_it():
    text = (
        "between Acme, Inc. of Reno (Licensor) and Beta LLC (Licensee).\n\n"
        + "Licensor and Licensee agree. " * 5
    )
    assert names(text) == [("Acme, Inc.", "Licensor"), ("Beta LLC", "Licensee")]


@pytest.mark.parametrize(
    "text",
    [
        "The difference between the first and the second price is paid.",
        "Talks between the parties and their advisers go on between Monday and Friday.",
        "",
    ],
)
def test_not_every_between_names_people(text):
    assert [n for n, _ in names(text) if n] == []


def test_signature_lines_name_who_the_front_does_not():
    text = (
        "JOINT FILING AGREEMENT\n\nThe undersigned agree.\n\nAlpha Partners, LLC\nBy: /s/ Ann Lee\nName: Ann Lee\n\n"
        "BETA FUND GP, L.P.\nBy: /s/ Bob Ray\n"
    )
    assert [n for n, _ in names(text)] == ["Alpha Partners, LLC", "BETA FUND GP, L.P."]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme, Inc.", "ACME"),
        ("The Acme Company, LLC", "acme"),
        ("Fabrikam (USA) Corp.", "Fabrikam Corporation"),
    ],
)
def test_a_bare_name_leaves_out_the_legal_form(one, other):
    assert bare_name(one) == bare_name(other)


def test_a_blank_party_is_not_given_a_name():
    text = 'between Acme, Inc. ("Acme") and ____________ ("Customer")'
    assert [n for n, _ in names(text) if n] == ["Acme, Inc."]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Tessa Miller, director of Harbour Boats, PLC", "Harbour Boats, PLC"),
        ("For and on behalf of Harbour Boats Company", "Harbour Boats Company"),
        ("Harbour Boats of 90 Quay Street, Dover", "Harbour Boats"),
        ("Authorized Signatory Harbour Boats, LP", "Harbour Boats, LP"),
        ("Harbour Research and Boats, Inc.", "Harbour Research and Boats, Inc."),
    ],
)
def test_a_name_is_cut_out_of_the_words_around_it(words, name):
    low, high = _within_name(words)
    assert words[low:high] == name


@pytest.mark.parametrize(
    "words", ["Plan, the Bank", "Agreed to by", "Address 12 High St.", "Co.", "Services Agreement"]
)
def test_words_that_stand_where_a_name_could_are_none(words):
    assert _is_no_name(words)
    assert not _is_no_name("Business Boats, Inc.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "HOSTING ORDER\n\nThis order is between Fernhill.com and tall oak.\n\nIncluded Services\n\nHosting.",
            ["Fernhill.com", "tall oak"],
        ),
        ("SCHEDULE BETWEEN FERNHILL AND OAKTREE BANK\n\nSTART DATE\n\nMay 1.", ["FERNHILL", "OAKTREE BANK"]),
        (
            "Between Fernhill and Sons Ltd., a company of Wales, and Oak LLC, of Bern.",
            ["Fernhill and Sons Ltd.", "Oak LLC"],
        ),
        (
            'made by and between fh-2 CATERING, INC. an Ohio corporation ("we" or "us"), and ________ ("you").',
            ["fh-2 CATERING, INC."],
        ),
        (
            'between Fernhill Corp. ("Fernhill"), and          ---        OAK INC., an Iowa corporation ("Oak").        ---',
            ["Fernhill Corp.", "OAK INC."],
        ),
        (
            'BETWEEN:\n\n(1) FERNHILL LIMITED, of Leeds (the "Company"); and\n\n(2) ANN LEE of (the "Employee").\n\nIT IS AGREED:',
            ["FERNHILL LIMITED", "ANN LEE"],
        ),
        (
            'between:\n\nFernhill Trading Co Ltd hereinafter referred to as ("Fernhill")\n\nAddress      :   Floor 5\n\nLegal person :   Bo Ek and\n\nOak Repair hereinafter referred to as ("DEALER")',
            ["Fernhill Trading Co Ltd", "Oak Repair"],
        ),
        (
            'BETWEEN:\n\nFERNHILL CORP., a company (the "Issuer");\n\nAND:\n\nJ.B. OAK LIMITED, a company (the "Sponsor").',
            ["FERNHILL CORP.", "J.B. OAK LIMITED"],
        ),
        (
            'between Fernhill Oils, Denver, Colorado ("Fernhill") and Oak LLC ("Oak")',
            ["Fernhill Oils", "Oak LLC"],
        ),
        (
            'Fernhill Media, Inc. ("FMI"), a company, hosts a fair. This contract is made by and between Oak Ltd ("Oak") and FMI.\n\n1) Oak pays.',
            ["Fernhill Media, Inc.", "Oak Ltd"],
        ),
        (
            'Ladies and Gentlemen:\n\nFernhill Bancorp (the "Company"), a new Ohio corporation, Fernhill Mutual, MHC, an Ohio company (the "MHC"), and Fernhill Bank, a savings bank (the "Bank") with deposits insured by the Federal Deposit Insurance Corporation ("FDIC"), confirm, jointly and severally, their agreement (this "Agreement") with Oak & Elm, Inc. (the "Agent") as follows:',
            ["Fernhill Bancorp", "Fernhill Mutual, MHC", "Fernhill Bank", "Oak & Elm, Inc."],
        ),
        (
            'RIGHTS AGREEMENT   Fernhill, an Ohio corporation having an office in Dayton (the "Investor"), and Oak Ltd., a Yukon company (the "Company"), agree as follows:',
            ["Fernhill", "Oak Ltd."],
        ),
        (
            'by and between Fernhill, Inc. (the "Company"), Oak Fund L.P., Elm Fund L.P. and Ann Lee (collectively, the "Investors").',
            ["Fernhill, Inc.", "Oak Fund L.P.", "Elm Fund L.P.", "Ann Lee"],
        ),
        (
            'by and among Fernhill AB ("Fernhill") and Oak, Inc. ("Oak"), as an amendment to the agreement by and among Elm, Inc. ("Elm") and the Oak Parties (the "JV Agreement").',
            ["Fernhill AB", "Oak, Inc."],
        ),
        (
            "BETWEEN:\n\nFERNHILL S/A, a company of Brazil.\n\nHereafter referred to as the \"Company\",\n\nOn the one part,\n\nAND:\n\nOAK G.I.E., a company of France.\n\nHereafter referred to as the \"Repairer\",\n\nOn the other part.",
            ["FERNHILL S/A", "OAK G.I.E."],
        ),
    ],
)  # fmt: skip
def test_names_are_found_among_what_stands_around_them(text, expected):
    assert [name for name, _ in names(text) if name] == expected


def test_short_names_joined_by_and_are_no_names():
    text = "This Agreement is the entire agreement between Oak and Reseller.\n\nReseller shall pay. Reseller shall report."
    assert "Oak and Reseller" not in [n for n, _ in names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'BETWEEN\n\nFERNHILL, INC.\n\nAND\n\nOAK LLC\n\nTABLE OF CONTENTS\n\nThis lease is made between Fernhill, Inc., of Reno ("Lessor"), and Oak LLC, of Elko ("Lessee").',
            [("Fernhill, Inc.", "Lessor"), ("Oak LLC", "Lessee")],
        ),
        (
            'BETWEEN\n\nFERNHILL\n\nAND\n\nOAK PARTNERS\n\nThis lease is made between Fernhill Land, Inc. ("Fernhill") and Oak Partners, L.P. ("Oak").',
            [("Fernhill Land, Inc.", "Fernhill"), ("Oak Partners, L.P.", "Oak")],
        ),
        (
            'by and among FERNHILL, INC. (“Parent”), its wholly-owned subsidiary FERN SUB, LLC (“Sub”) and OAK LLC (“Oak”).',
            [("FERNHILL, INC.", "Parent"), ("FERN SUB, LLC", "Sub"), ("OAK LLC", "Oak")],
        ),
        (
            'between FERNHILL, INC. and its wholly-owned subsidiary FERN SUB, LLC (collectively, "Fern") and OAK LLC (“Oak”).',
            [("FERNHILL, INC.", ""), ("FERN SUB, LLC", ""), ("OAK LLC", "Oak")],
        ),
        (
            'between The Regents of the University of Fernhill ("University") and @Oak Corporation ("@Oak")',
            [("The Regents of the University of Fernhill", "University"), ("@Oak Corporation", "@Oak")],
        ),
        (
            "Party A: Fernhill Technology Co., Ltd.\n\nParty B: Oak Network (Beijing) Co., Ltd.\n\nWhereas they trade.",
            [("Fernhill Technology Co., Ltd.", ""), ("Oak Network (Beijing) Co., Ltd.", "")],
        ),
        (
            'Dear Ms. Lee: The undersigned, Fernhill Ltd. (the "Lead Agent"), Oak Inc., and Elm & Co. Ltd. (collectively with the Lead Agent, the "Agents") will sell shares.',
            [("Fernhill Ltd.", "Lead Agent"), ("Oak Inc.", ""), ("Elm & Co. Ltd.", "Agents")],
        ),
        (
            'by and between FERN LLC ("Developer"), and (Client) Oak Deliveries Inc. for design services.',
            [("FERN LLC", "Developer"), ("Oak Deliveries Inc.", "")],
        ),
        (
            'between Fernhill Inc. ("Fernhill") and Distributor, as set forth below.\n\nProvider Name: Oak Relays Ltd.\n\nAddress: 9 High Street',
            [("Fernhill Inc.", "Fernhill"), ("Oak Relays Ltd.", "Provider")],
        ),
    ],
)  # fmt: skip
def test_the_list_with_short_names_is_read(text, expected):
    assert [(name, alias) for name, alias in names(text) if name] == expected


@pytest.mark.parametrize(
    ("signed", "expected"),
    [
        ("Dated: May 4, 2020 FERN FUND LP\n\nBy: /s/ Ann Lee Ann Lee Chief Financial Officer OAK FUND LTD\n\nBy: /s/ Ann Lee", ["FERN FUND LP", "OAK FUND LTD"]),
        ("FERN IMPACT LP FERN IMPACT GP LLC By: /s/ Ann Lee", ["FERN IMPACT LP", "FERN IMPACT GP LLC"]),
        ("FERN TEST SYSTEMS, INC.        OAK TECHNICAL SERVICES\n\nBY ______            BY ______", ["FERN TEST SYSTEMS, INC.", "OAK TECHNICAL SERVICES"]),
        ("Acceptance by Developer FERN DEVELOPERS, Inc. By: /s/ Ann Lee\n\nOAK INC.\nBy: /s/ Bob Ray", ["FERN DEVELOPERS, Inc.", "OAK INC."]),
        ("Acceptance by Developer: FERN DEVELOPERS, Inc. By: /s/ Ann Lee\n\nOAK INC.\nBy: /s/ Bob Ray", ["FERN DEVELOPERS, Inc.", "OAK INC."]),
        ("Client: Fern Homes, Inc.\nBy: /s/ Ann Lee\n\nOAK INC.\nBy: /s/ Bob Ray", ["Fern Homes, Inc.", "OAK INC."]),
        ("Developer Fernhill Realty Corporation\nBy: /s/ Ann Lee\n\nOAK INC.\nBy: /s/ Bob Ray", ["Developer Fernhill Realty Corporation", "OAK INC."]),
        ("Member Services of Fernhill, Inc.\nBy: /s/ Ann Lee\n\nOAK INC.\nBy: /s/ Bob Ray", ["Member Services of Fernhill, Inc.", "OAK INC."]),
        ("Authorized Signatory Fern Homes, Inc.\nBy: /s/ Ann Lee\n\nOAK INC.\nBy: /s/ Bob Ray", ["Fern Homes, Inc.", "OAK INC."]),
        ("Company Store, Inc.\nBy: /s/ Ann Lee\n\nOAK INC.\nBy: /s/ Bob Ray", ["Company Store, Inc.", "OAK INC."]),
        ("FERN GROWTH and OPPORTUNITY FUND, LP By: /s/ Ann Lee\n\nOAK II (U.S.), LTD. By: /s/ Ann Lee", ["FERN GROWTH and OPPORTUNITY FUND, LP", "OAK II (U.S.), LTD."]),
    ],
)  # fmt: skip
def test_signature_blocks_of_several_forms(signed, expected):
    text = "JOINT FILING\n\nThe persons who sign below agree to file together.\n\n" + signed
    assert [name for name, _ in names(text) if name] == expected


def test_roles_that_are_each_identified_elsewhere_are_no_names():
    text = (
        "This agreement is made by and between Company and Contractor, each as identified on the order form."
        "\n\nWork & Limits\nDoing the Work.  Contractor will do the work. Company will pay for it, and Contractor "
        "will report. Company will answer within a week."
    )
    assert sorted(names(text)) == [("", "Company"), ("", "Contractor")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This Agreement is between Alder and Birch, Inc.\n1. Alder shall pay.", ["Alder", "Birch, Inc."]),
        ("This Agreement is between Alder and Birch, Inc.\n\nWHEREAS they trade.", ["Alder", "Birch, Inc."]),
        ("This Agreement is between Alder and Birch, Inc., 9 High Street, Reno.\n1. It shall pay.", ["Alder and Birch, Inc."]),
        ("This Agreement is between Alder and Birch, Inc., a Delaware company.\n1. It shall pay.", ["Alder and Birch, Inc."]),
    ],
)  # fmt: skip
def test_two_names_joined_by_and_are_two_unless_something_is_said_of_them(text, expected):
    assert [name for name, _ in names(text) if name] == expected
