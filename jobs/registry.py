"""Which function does which kind of job. Apps register theirs when they start; this module knows no model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jobs.context import JobContext

# What a handler leaves to be done inside the finishing transaction; what it returns is not looked at.
Effect = Callable[[], object]
Handler = Callable[["JobContext"], Effect | None]
DeadHook = Callable[["JobContext", str], None]


class Permanent(Exception):
    """Raised by a handler or an effect: trying again cannot help. The sentence is shown to the user."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class LeaseLost(Exception):
    """This worker was away too long and another one may have the job: stop, nothing of ours will be kept."""


@dataclass(frozen=True)
class Registered:
    handler: Handler
    every_seconds: int | None


_handlers: dict[str, Registered] = {}
_dead_hooks: dict[str, DeadHook] = {}


def register(kind: str, *, every_seconds: int | None = None) -> Callable[[Handler], Handler]:
    """Decorator: this function does jobs of `kind`, a stable name such as "versions.process".

    The function does slow work outside a transaction and may return an effect, which runs in the same
    transaction that marks the job done; a worker that lost its lease therefore changes nothing. With
    `every_seconds` the workers also enqueue one job (no args) per such period.

    Raises ValueError where another function already has the kind.
    """

    def keep(handler: Handler) -> Handler:
        known = _handlers.get(kind)
        if known is not None and _place(known.handler) != _place(handler):
            raise ValueError(f"Job kind {kind!r} is registered twice: {known.handler!r} and {handler!r}.")
        _handlers[kind] = Registered(handler, every_seconds)
        return handler

    return keep


def on_dead(kind: str) -> Callable[[DeadHook], DeadHook]:
    """Decorator: called with the job and a sentence for the user, in the transaction that buries the job."""

    def keep(hook: DeadHook) -> DeadHook:
        known = _dead_hooks.get(kind)
        if known is not None and _place(known) != _place(hook):
            raise ValueError(f"Job kind {kind!r} has two on_dead hooks: {known!r} and {hook!r}.")
        _dead_hooks[kind] = hook
        return hook

    return keep


def handler_of(kind: str) -> Handler:
    """Raises LookupError for a kind nobody registered."""
    if kind not in _handlers:
        raise LookupError(f"No app registered a function for jobs of kind {kind!r}.")
    return _handlers[kind].handler


def dead_hook_of(kind: str) -> DeadHook | None:
    return _dead_hooks.get(kind)


def periodic_kinds() -> dict[str, int]:
    """Every kind with a period, and that period in seconds, in a stable order."""
    return {kind: entry.every_seconds for kind, entry in sorted(_handlers.items()) if entry.every_seconds}


def _place(function: Callable[..., object]) -> tuple[str, str]:
    """A module loaded again registers the same function as a new object; its place is the same."""
    return function.__module__, function.__qualname__
