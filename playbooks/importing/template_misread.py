"""Topics of one kind of contract that seem to stand in a template of another: left out where their own words
are missing, for a person to take after all."""

import re

from playbooks.importing.building import Head
from playbooks.importing.template import Template, is_unusual

_DATA = re.compile(
    r"\bpersonal data\b|data protection|data processing|data subject|\bGDPR\b|sub-?processor|\bprocessor\b"
    r"|personal information|supervisory",
    re.I,
)
_SPEAKS_OF = {
    **dict.fromkeys(
        (
            *("sub_processors", "sub_processor_terms", "staff_confidentiality", "processing_details"),
            *("instructions", "assistance", "dpa_precedence", "dpa_liability", "breach_notice"),
            *("authority_requests", "transfers"),
        ),
        (_DATA, "personal data"),
    ),
    "renewal_price": (
        re.compile(r"\brenew|\bincreas|\bindex|\bannual|\byear|\bpercent|%|\buplift", re.I),
        "increases",
    ),
    "restraint": (
        re.compile(r"\bcompet|\bemploy|\brestrain|\bengagement", re.I),
        "competition or employment",
    ),
    "inventions": (
        re.compile(r"\binvent|\bemploy|\bprior|\bearlier works|\bwork product", re.I),
        "inventions",
    ),
    "price_index": (
        re.compile(r"\bindex|\bindices|\badjust|\bincreas|\bchange|\bfixed", re.I),
        "adjusted prices",
    ),
}
"""By topic: what its words or their heading speak of when they are meant, as a pattern and in words."""


def misread_here(template: Template, topic: str, head: Head) -> str:
    """Why words are probably not about this topic, which such contracts seldom have; "" where they are."""
    pattern, meant = _SPEAKS_OF.get(topic, (None, ""))
    if pattern is None or not is_unusual(topic, head.contract_type):
        return ""
    if pattern.search(f"{template.where(topic)} {template.words(topic)}"):
        return ""
    return (
        f"its words do not speak of {meant}, so they are probably about something else: take it only if meant"
    )
