"""The package with its versions and turns, in a fixed number of queries."""

from collections.abc import Sequence

from django.db.models import Prefetch

from negotiation.models import Contract, Negotiation, Turn, Version, VersionState
from negotiation.package import Document, documents

LARGE = ("text", "facts", "reading", "notices")


def package_of(negotiation: Negotiation) -> Sequence[Document]:
    """Every contract of the deal, with its versions and turns at hand."""
    versions = Version.objects.exclude(state=VersionState.WITHDRAWN).defer(*LARGE).order_by("-number")
    large = [f"{name}__{field}" for name in ("version", "version__based_on") for field in LARGE]
    sent = Turn.objects.select_related("side", "version__based_on", "sent_by__user").defer(*large)
    return documents(
        negotiation.contracts.select_related("playbook_version__playbook").prefetch_related(
            Prefetch("versions", versions, to_attr="newest_first"),
            Prefetch("turns", sent.order_by("-number"), to_attr="turns_newest_first"),
        )
    )


def newest(contract: Contract) -> Version | None:
    rows: list[Version] = contract.newest_first  # type: ignore[attr-defined]
    return rows[0] if rows else None


def turns(contract: Contract) -> list[Turn]:
    """Newest first."""
    rows: list[Turn] = contract.turns_newest_first  # type: ignore[attr-defined]
    return rows
