"""What a training depends on besides the data, in three short digests that stand in the model file.

A test compares them: who changes a phrase rule, an example, a feature or where sentences end, and does not
train again, is told. Needs neither numpy nor scipy.
"""
# ruff: noqa: E501  (a contract's paragraph is one line)

import hashlib
import json

from benchmarks.reading_model.examples import examples
from clauses import cuad, cuad_rules, type_rules
from clauses.classify import section_view
from clauses.sentences import sentence_spans
from clauses.source import open_source

PROBES = (
    """DISTRIBUTION AGREEMENT

This Agreement is made as of May 4, 2021 between Alder Tools, Inc. ("Supplier") and Birch Trading Ltd. ("Distributor").

1. Appointment. Supplier appoints Distributor as its exclusive distributor in the Territory; Supplier shall not appoint
any other distributor there, except that (a) sales to airlines, e.g. duty-free shops, remain free; and (b) online sales
are shared.

2. MINIMUM PURCHASES
Distributor shall purchase at least 1,200 units in each year. If it fails to do so, Supplier may make the appointment
non-exclusive on thirty (30) days' notice.

3. Liability. IN NO EVENT SHALL EITHER PARTY'S LIABILITY EXCEED THE AMOUNTS PAID IN THE TWELVE MONTHS BEFORE THE CLAIM,
except for fraud, death or personal injury.

4. This Agreement is governed by the laws of the State of Oregon. Neither party may assign it without consent.
""",
    "Fees are due within ten days. Licensor may inspect the books once a year! No. 7 and Sec. 8.2 survive.\n(a) one;\n(b) two",
)


def digest_of_rules() -> str:
    """The rules are features of the models: changed rules ask for another training."""
    return _digest(repr([cuad_rules.RULES, type_rules.RULES]))


def digest_of_views() -> str:
    """What the models see of two texts of our own: features, sentence ends, weights of groups."""
    seen = []
    for text in PROBES:
        source = open_source(text)
        spans = sentence_spans(source.plain)
        seen.append(
            [spans, list(cuad.views(source, spans)), cuad.whole_view(source, spans), list(section_view(text))]
        )
    return _digest(json.dumps(seen))


def digest_of_examples() -> str:
    """Sentences of our own that the sentence model was trained with."""
    return _digest(repr([(sorted(found), text) for found, text in examples()]))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
