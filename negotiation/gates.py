"""Where upper rooms have their say: may this turn leave, may signing start?

An upper room registers its checks at start-up (`AppConfig.ready`); this room asks them all and shows every
obstacle at once. It knows none of the rooms that answer.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import Membership
from negotiation.models import Contract, Finding, Version


@dataclass(frozen=True)
class Obstacle:
    """Why something may not happen yet: a plain sentence and where to mend it."""

    message: str
    url: str = ""
    code: str = ""


@dataclass(frozen=True)
class Concession:
    """Where our outgoing text would stand below what may be given freely, issue by issue.

    `rung` is empty and `rung_index` one past the ladder when the text is below the last rung, or could not
    be read (`is_unreadable`). `before` is the clause as we last sent or first received it, `after` as it
    would be.
    """

    finding: Finding
    rung: str
    rung_index: int
    rung_label: str
    is_free: bool
    approvers: tuple[str, ...]  # role codes the rule names
    mode: str  # "any" or "all" of them
    risk: str
    before: str
    after: str
    reason: str
    is_unreadable: bool = False


TurnCheck = Callable[[Contract, Sequence[Concession]], Iterable[Obstacle]]
SigningCheck = Callable[[Contract, Version], Iterable[Obstacle]]
ConcessionHandler = Callable[[Contract, Sequence[Concession], Membership], None]

IssueNotes = Callable[[Collection[Contract]], Mapping[int, Mapping[str, Mapping[str, Any]]]]

_turn_checks: list[TurnCheck] = []
_signing_checks: list[SigningCheck] = []
_concession_handlers: list[ConcessionHandler] = []
_executed_handlers: list[Callable[[Contract], None]] = []
_issue_notes: list[IssueNotes] = []


def register_turn_check(check: TurnCheck) -> None:
    _turn_checks.append(check)


def register_signing_check(check: SigningCheck) -> None:
    _signing_checks.append(check)


def register_concession_handler(handler: ConcessionHandler) -> None:
    """Called inside the transaction of a decision or a sent turn with how its issues now stand."""
    _concession_handlers.append(handler)


def register_executed_handler(handler: Callable[[Contract], None]) -> None:
    """Called inside the transaction in which a contract becomes executed."""
    _executed_handlers.append(handler)


def turn_obstacles(contract: Contract, concessions: Sequence[Concession]) -> list[Obstacle]:
    return [obstacle for check in _turn_checks for obstacle in check(contract, concessions)]


def signing_obstacles(contract: Contract, version: Version) -> list[Obstacle]:
    return [obstacle for check in _signing_checks for obstacle in check(contract, version)]


def concessions_changed(contract: Contract, concessions: Sequence[Concession], by: Membership) -> None:
    for handler in _concession_handlers:
        handler(contract, concessions, by)


def contract_executed(contract: Contract) -> None:
    for handler in _executed_handlers:
        handler(contract)


def register_issue_notes(notes: IssueNotes) -> None:
    """What another room says of the issues of contracts, shown on their cards: contract key → issue code →
    state, needs, url."""
    _issue_notes.append(notes)


def issue_notes(contracts: Collection[Contract]) -> dict[int, dict[str, Mapping[str, Any]]]:
    """What the rooms above say of each contract's issues; an entry for every contract asked about."""
    found: dict[int, dict[str, Mapping[str, Any]]] = {contract.pk: {} for contract in contracts}
    for notes in _issue_notes:
        for key, issues in notes(contracts).items():
            found[key] |= issues
    return found
