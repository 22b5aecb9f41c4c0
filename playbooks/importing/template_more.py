"""What a template says on a topic beyond the comparisons of the shipped ladders: asked for where it is known
which way is ours, named where it is not.

A ladder compares what one usually argues about. A template may say more, and text that takes that back is
worse than the template: so every value read in it is either in the rule or named on its row.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from clauses.topics.values import READ, Plain, Value
from playbooks.conditions import AnyOf, Compare, Condition, Ref, leaves
from playbooks.evaluation import Facts
from playbooks.everywhere import specs_of

NEVER = frozenset({"clause", "home", "duty", "text"})
"""No matter of a template: whether there is a clause, whose home law it is, how firm a duty is, its words."""
_SILENT = frozenset({"no", "none"})
_ON_THE_CARD = frozenset({"items", "currency", "unit", "highest"})
"""Values of rates that only a rate card compares row by row."""

_AXES: Sequence[tuple[frozenset[str], frozenset[str]]] = (
    (
        frozenset({"customer", "buyer", "client", "licensee", "controller"}),
        frozenset({"provider", "supplier", "licensor", "processor"}),
    ),
    (frozenset({"discloser"}), frozenset({"recipient"})),
)
"""Pairs of sides whose interests run against each other; the tables below speak for the first of each."""

_TRADE = """
acceptance.days > | acceptance.business_days > | acceptance.written yes no
acceptance.deemed no after_reminder
assignment.binds provider both customer
assistance.rights yes no | assistance.assessments yes no | assistance.cost free ours
audit.onsite yes no | audit.reports_only no yes | audit.times_a_year >? | audit.causes +
auto_renewal.months < | auto_renewal.notice_days <
breach_notice.hours < | breach_notice.from aware confirmed | breach_notice.delay yes no
customer_exit.earliest_month < | customer_exit.notice_days < | customer_exit.fee.percent <?
customer_exit.refund yes no
data_cap.uncapped + | data_cap.data_inside no yes | data_cap.supercap.multiple > | data_cap.supercap.covers +
data_cap.supercap.separate yes no | data_cap.supercap.amount >
data_return.export yes no | data_return.export_days > | data_return.delete yes no | data_return.delete_days <
data_use.allowed no yes | data_use.scope - | data_use.aggregated yes no | data_use.training no yes
delivery_date.binding yes no | go_live_date.binding yes no
dpa_liability.supercap.multiple > | dpa_liability.supercap.additional yes no
erasure.days < | erasure.backup_days < | erasure.choice us no | erasure.proof yes no
escrow.release + | escrow.updated yes no
force_majeure.causes - | force_majeure.list closed open | force_majeure.exit.days <
indirect_loss.waiver.exceptions + | indirect_loss.direct_costs + | indirect_loss.data_loss no yes
indirect_loss.binds customer both provider
instructions.documented yes no | instructions.exclusive yes no | instructions.warns yes no
insurance.amount > | insurance.cyber yes no | insurance.proof yes no | insurance.proof.yearly yes no
ip_indemnity.acts + | ip_indemnity.pays + | ip_indemnity.giver provider both customer
ip_indemnity.cap none higher general | ip_indemnity.sole_remedy no
late_delivery.rate > | late_delivery.limit >? | late_delivery.exclusive no yes
late_delivery.exit_at_limit yes no
liability_cap.cap.months > | liability_cap.cap.amount > | liability_cap.cap.percent >
liability_cap.cap.base paid_and_payable payable paid | liability_cap.cap.combine greater lesser
liability_cap.cap.scope per_claim yearly aggregate | liability_cap.binds customer both provider
licence_scope.duration perpetual term | licence_scope.for + | licence_scope.revocable no yes
payment_days.days > | payment_days.from receipt invoice_date
performance_warranty.conforms yes no | performance_warranty.no_reduction yes no
price_index.fixed.months > | price_index.direction both up | price_index.threshold > | price_index.limit <
processing_details.parts +
provider_exit.notice_days > | provider_exit.refund yes no
rate_card.fixed_months >
renewal_price.percent < | renewal_price.in_term fixed open | renewal_price.combine lesser greater
security_measures.level appropriate efforts | security_measures.no_reduction yes no
software_warranty.conforms yes no | software_warranty.months > | software_warranty.repair yes no
sub_processor_terms.flow_down yes no | sub_processor_terms.liable yes no
sub_processors.consent specific general | sub_processors.notice_days > | sub_processors.objection yes no
sub_processors.exit yes no | sub_processors.override no yes
suspension.notice yes no | suspension.notice_days > | suspension.limited yes no
termination_cause.who customer either provider | termination_cause.refund yes no
unilateral_change.scope - | unilateral_change.no_reduction yes no | unilateral_change.notice_days >
unilateral_change.exit refund yes no
uptime.uptime > | uptime.exit yes no | uptime.sole_remedy no yes | uptime.window month quarter year
uptime.planned_hours < | uptime.exit.misses <
use_audit.notice_days > | use_audit.yearly yes no | use_audit.shortfall contract_price penalty
volume.minimum.percent < | volume.minimum.a_year < | volume.binding.months < | volume.shortfall carry_over pay
work_product.form present future | work_product.when creation payment
work_product.licence.term perpetual term
work_product.bespoke.owner customer provider
"""
_SECRETS = """
compelled_disclosure.minimum yes no
confidential_information.oral.confirm_days >
representatives.need_to_know yes no | representatives.bound yes no | representatives.responsible yes no
return_destroy.days < | return_destroy.on_request yes no | return_destroy.backups_too yes no
return_destroy.certificate yes no | return_destroy.protected yes no | return_destroy.keep -
secrecy_exceptions.proof records shown none
secrecy_term.years > | secrecy_term.duration perpetual fixed | secrecy_term.from end disclosure effective_date
standard_of_care.reasonable yes no | standard_of_care.like_own yes no | standard_of_care.strict yes no
"""


@dataclass(frozen=True)
class Way:
    """Which way a value is better for one side: more of it (">", "+"), less of it ("<", "-"), or its words,
    best first. `or_none`: saying nothing on it is as good; `if_said`: a “no” that the words do not say is no
    matter, as it only tells that the other side got nothing there."""

    sign: str = ""
    words: tuple[str, ...] = ()
    or_none: bool = False
    if_said: bool = False

    @property
    def turned(self) -> "Way":
        """The way of the other side."""
        other = {">": "<", "<": ">", "+": "-", "-": "+"}.get(self.sign, "")
        return Way(other, self.words[::-1], if_said=True)


def _table(text: str) -> Mapping[str, Way]:
    found = {}
    for entry in text.replace("\n", "|").split("|"):
        if entry.strip():
            name, first, *others = entry.split()
            is_sign = first[0] in "<>+-"
            found[name] = Way(first[0], (), first[1:] == "?") if is_sign else Way("", (first, *others))
    return MappingProxyType(found)


WAYS = (_table(_TRADE), _table(_SECRETS))
"""By topic and value, for the first side of each axis."""


def way_of(topic: str, name: str, side: str) -> Way | None:
    """Which way a value of a topic is better for a side; None where that is not known."""
    for (first, second), table in zip(_AXES, WAYS, strict=True):
        known = table.get(f"{topic}.{name}")
        if known is not None and side in first | second:
            return known if side in first else known.turned
    return None


def more_parts(
    topic: str, *, side: str, asked: set[str], facts: Sequence[Facts], ways: Mapping[str, Way]
) -> Iterator[Condition]:
    """What the template says and no comparison asks for yet, as comparisons that hold at each place of it: at
    least as good for us where the way is known (here or by `ways` of the ladders), exactly this number where
    it is not."""
    for name, spec in specs_of(topic).items():
        is_plain = spec.kind in {"number", "word", "set"} and name not in asked | NEVER
        if not is_plain or _settled(topic, name, asked | {"each_rate"}):
            continue
        read = [one.get(Ref("value", name)) for one in facts]
        values = [value.value for value in read if value.state == READ and value.value is not None]
        if values and len(values) == len(facts):
            way = way_of(topic, name, side) or ways.get(name)
            if way is not None and way.if_said and all(_stated(value) is None for value in read):
                continue
            part = _part(Ref("value", name), way, values)
            if part is not None:
                yield part


def _part(left: Ref, way: Way | None, values: Sequence[Plain]) -> Condition | None:
    numbers = [value for value in values if isinstance(value, Decimal)]
    sets = [set(value) for value in values if isinstance(value, tuple)]
    if len(numbers) == len(values):
        if way is None or way.sign not in {">", "<"}:
            return Compare(left, "=", numbers[0]) if len(set(numbers)) == 1 else None
        worst = min(numbers) if way.sign == ">" else max(numbers)
        part = Compare(left, f"{way.sign}=", worst)
        return AnyOf((part, Compare(left, "absent"))) if way.or_none else part
    if way is None:
        return None
    if len(sets) == len(values):
        members = tuple(sorted(set.intersection(*sets) if way.sign == "+" else set.union(*sets)))
        return Compare(left, "has" if way.sign == "+" else "only", members) if members else None
    return _word(left, way.words, [str(value) for value in values])


def _word(left: Ref, words: Sequence[str], values: Sequence[str]) -> Condition | None:
    """Its word or a better one; None where its word is the worst there is, as nothing is worse then."""
    if not all(value in words for value in values):
        return None
    last = max(words.index(value) for value in values)
    if last == len(words) - 1 and last:
        return None
    fine = tuple(sorted(words[: last + 1]))
    return Compare(left, "in", fine) if len(fine) > 1 else Compare(left, "=", fine[0])


def _settled(topic: str, name: str, asked: set[str]) -> bool:
    """Whether a value follows from others that are asked for."""
    if topic == "rate_card":
        return name in _ON_THE_CARD and "each_rate" in asked
    return (topic, name) == ("governing_law", "forum_matches") and "forum" in asked


def unasked(topic: str, condition: Condition, *, side: str, facts: Sequence[Facts]) -> Iterator[Compare]:
    """What the words of the template say and its rule does not ask for, each value once. Left out is what is
    the worst for us already: nothing can take it back."""
    compared = [leaf for leaf in leaves(condition) if isinstance(leaf, Compare)]
    asked = {leaf.left.name for leaf in compared} | _covered(condition)
    for name, spec in specs_of(topic).items():
        if (
            name in NEVER
            or spec.kind not in {"number", "word", "set", "date"}
            or _settled(topic, name, asked)
        ):
            continue
        left = Ref("value", name)
        named = {
            member
            for leaf in compared
            if leaf.left == left and isinstance(leaf.right, tuple)
            for member in leaf.right
        }
        for value in dict.fromkeys(_stated(one.get(left)) for one in facts):
            rest = tuple(sorted(set(value) - named)) if isinstance(value, tuple) else value
            is_open = name not in asked or isinstance(value, tuple)
            if is_open and rest is not None and rest != () and not _is_worst(topic, name, side, value):
                yield Compare(left, "has" if isinstance(rest, tuple) else "=", rest)


def _covered(condition: Condition) -> set[str]:
    return {
        ref.name
        for leaf in leaves(condition)
        if not isinstance(leaf, Compare)
        for ref in (getattr(leaf, "large", None), getattr(leaf, "small", None))
        if ref is not None
    }


def _stated(value: Value) -> Plain | None:
    """What was read, if the words say so: a “no” read out of silence is nothing that is said."""
    if value.state != READ or (value.value in _SILENT and not value.spans):
        return None
    return value.value


def _is_worst(topic: str, name: str, side: str, value: Plain | None) -> bool:
    way = way_of(topic, name, side)
    return way is not None and len(way.words) > 1 and value == way.words[-1]
