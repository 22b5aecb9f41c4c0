"""The contracts a member may read, offered to those who write playbooks, to be tried on."""

import uuid
from collections.abc import Sequence

import redline
from accounts.models import Membership
from accounts.services import files
from negotiation.access import contracts_visible_to
from negotiation.models import VersionState
from negotiation.services.reviews import deal_facts
from playbooks.shelf import Offered, Readable

MOST = 100
"""As many as a list can show; the newest."""


class Contracts:
    """Contracts with a version that was read."""

    def offered(self, member: Membership) -> Sequence[Offered]:
        rows = contracts_visible_to(member).filter(versions__state=VersionState.READY).distinct()
        return [
            Offered(str(row.uuid), f"{row.title} · {row.negotiation.title}")
            for row in rows.order_by("-pk")[:MOST]
        ]

    def fetch(self, member: Membership, key: str) -> Readable | None:
        try:
            wanted = uuid.UUID(key)
        except ValueError:
            return None
        contract = contracts_visible_to(member).filter(uuid=wanted).first()
        version = contract.ready_version() if contract else None
        if contract is None or version is None:
            return None
        return Readable(
            label=f"{contract.title}, version {version.number}",
            source=redline.read(files.read_bytes(version.file)),
            deal=deal_facts(contract),
            paper=contract.paper,
        )
