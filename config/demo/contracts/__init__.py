"""The sample contracts of Northgate Analytics GmbH and Harbour Cloud Ltd, as real Word files.

``catalogue()`` lists them, ``build(slug)`` makes one, ``returned(…)`` makes the file the other side sends
back. The texts lie in ``texts/`` in the notation that ``source`` describes. Both companies, and everyone
named, are invented.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from config.demo.contracts.builder import build_document
from config.demo.contracts.returned import NotFound, returned
from config.demo.contracts.source import SourceError, load

__all__ = ["DemoContract", "NotFound", "SourceError", "build", "catalogue", "contract", "returned"]

US = "Northgate Analytics GmbH"
THEM = "Harbour Cloud Ltd"


@dataclass(frozen=True)
class DemoContract:
    """One sample contract. ``playbook`` names the shipped playbook it is reviewed against, if any."""

    slug: str
    title: str
    paper: Literal["ours", "theirs"]
    our_role: str
    playbook: Literal["mutual-nda", "saas-customer", "dpa-controller"] | None
    counterparty: str = THEM

    @property
    def file_name(self) -> str:
        """The name the file has on a lawyer's disk."""
        return f"{self.title} ({'Northgate' if self.paper == 'ours' else 'Harbour Cloud'} draft).docx"


_CATALOGUE = (
    DemoContract(
        "master-saas-agreement",
        "Master Software-as-a-Service Agreement",
        "theirs",
        "Customer",
        "saas-customer",
    ),
    DemoContract("hosting-order-form", "Hosting Order Form", "theirs", "Customer", "saas-customer"),
    DemoContract(
        "data-processing-agreement", "Data Processing Agreement", "theirs", "Controller", "dpa-controller"
    ),
    DemoContract("mutual-nda", "Mutual Non-Disclosure Agreement", "ours", "First party", "mutual-nda"),
    DemoContract(
        "evaluation-nda", "Evaluation and Non-Disclosure Agreement", "theirs", "Evaluator", "mutual-nda"
    ),
    DemoContract(
        "professional-services-sow", "Professional Services Statement of Work", "ours", "Customer", None
    ),
    DemoContract(
        "support-and-maintenance-agreement",
        "Support and Maintenance Agreement",
        "theirs",
        "Customer",
        "saas-customer",
    ),
    DemoContract("software-licence", "Software Licence Agreement", "theirs", "Licensee", None),
)


def catalogue() -> tuple[DemoContract, ...]:
    """Every sample contract, the most telling first."""
    return _CATALOGUE


def contract(slug: str) -> DemoContract:
    """The entry called ``slug``; raises ``KeyError``."""
    return {entry.slug: entry for entry in _CATALOGUE}[slug]


@cache
def build(slug: str) -> bytes:
    """The contract called ``slug`` as .docx bytes, the same every time; raises ``KeyError``."""
    return build_document(load(contract(slug).slug))
