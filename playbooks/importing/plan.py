"""How an import reads its tables: which ones, what each column is, what the playbook will be called."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePath
from typing import Any

from playbooks.importing.building import Head
from playbooks.importing.columns import IGNORE, ISSUE, ROLES, Columns, recognise
from playbooks.importing.decisions import Decision
from playbooks.importing.lines import ROW, Sorted, SourceRow, sort_rows
from playbooks.importing.proposing import Proposal, propose
from playbooks.importing.tables import Table
from playbooks.importing.template import Template
from playbooks.importing.template_rows import propose_from
from playbooks.library import shipped, shipped_names

OTHER = "other"
_MORE_TYPES = ("employment", "licence", "reseller", "lease", OTHER)
_SHORT = {
    **{word.lower(): word for word in ("NDA", "DPA", "SOW", "MSA", "SLA", "CSA", "PSA", "EULA", "IP", "AI")},
    "saas": "SaaS",
}
"""Short names of contracts as they are written, whatever the name of a file makes of them."""
_MORE_SIDES = ("employer", "employee", "licensor", "licensee", "supplier", "landlord", "tenant")


@dataclass(frozen=True)
class TablePlan:
    """Whether a table is used, and its columns."""

    use: bool
    columns: Columns


@dataclass(frozen=True)
class Plan:
    """What a person settled before the rows."""

    title: str
    contract_type: str
    side: str
    tables: tuple[TablePlan, ...]

    @classmethod
    def first(cls, tables: Sequence[Table], file_name: str) -> "Plan":
        """The plan Parley proposes. A table inside another one is left out: it mostly shows an example."""
        words = PurePath(file_name).stem.replace("_", " ").replace("-", " ").split()
        title = " ".join(_SHORT.get(word.lower(), word) for word in words)
        return cls(
            title[:1].upper() + title[1:200],
            type_in(title),
            "both",
            tuple(_first(table, index) for index, table in enumerate(tables)),
        )

    def to_data(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "contract_type": self.contract_type,
            "side": self.side,
            "tables": [
                {
                    "use": table.use,
                    "roles": list(table.columns.roles),
                    "header": table.columns.header,
                    "sure": table.columns.sure,
                }
                for table in self.tables
            ],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Plan":
        return cls(
            str(data["title"]),
            str(data["contract_type"]),
            str(data["side"]),
            tuple(
                TablePlan(
                    bool(item["use"]),
                    Columns(tuple(str(role) for role in item["roles"]), item["header"], bool(item["sure"])),
                )
                for item in data["tables"]
            ),
        )

    @property
    def name(self) -> str:
        """The short name of the playbook, out of its title."""
        plain = re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")[:60].strip("-")
        return plain if re.match(r"[a-z].", plain) else f"playbook-{plain}".strip("-")

    def head(self, source: str = "") -> Head:
        return Head(self.name, self.title, self.contract_type, self.side, source)


def contract_types() -> tuple[str, ...]:
    """Kinds of contract to choose from."""
    known = sorted({shipped(name).contract_type for name in shipped_names()})
    return tuple(dict.fromkeys((*known, *_MORE_TYPES)))


def sides() -> tuple[str, ...]:
    """Sides to choose from, both first."""
    known = {shipped(name).side for name in shipped_names()} | set(_MORE_SIDES)
    return ("both", *sorted(known - {"both"}))


def usable(roles: Sequence[str]) -> bool:
    """Whether columns with these roles make issues: one that names them and one that says something."""
    return ISSUE in roles and any(role not in {ISSUE, IGNORE, "category"} for role in roles)


def valid_roles(roles: Sequence[str]) -> str:
    """Why these roles do not go together, or ""."""
    if any(role not in ROLES for role in roles):
        return "choose what each column holds"
    if list(roles).count(ISSUE) != 1:
        return "exactly one column names the issue"
    if not usable(roles):
        return "no column holds a position or guidance"
    return ""


def _first(table: Table, index: int) -> TablePlan:
    columns = recognise(table)
    has_rows = any(line.kind == ROW for line in sort_rows(table, columns, index).lines)
    return TablePlan(usable(columns.roles) and has_rows and " in " not in table.name, columns)


def type_in(title: str) -> str:
    """The kind of contract a title speaks of; OTHER where it names none."""
    small = title.lower()
    pairs = (
        (r"one[- ]way|unilateral", "nda_one_way"),
        (r"\bndas?\b|non[- ]?disclosure|confidential", "nda_mutual"),
        (r"\bdpa\b|data processing|data protection", "dpa"),
        (r"software licen[cs]", "software_licence"),
        (r"saas|cloud|software as|subscription", "saas"),
        (r"professional|consult|sow\b|statement of work|services", "professional_services"),
        (r"supply|vendor|purchas|procure", "supply"),
        (r"contractor|freelanc", "contractor"),
        (r"employ", "employment"),
        (r"licen[cs]", "licence"),
    )
    return next((code for pattern, code in pairs if re.search(pattern, small)), OTHER)


@dataclass(frozen=True)
class Book:
    """An import with everything known about it: tables, plan, decisions; the template its rows come from."""

    tables: tuple[Table, ...]
    plan: Plan
    decisions: Mapping[str, Decision]
    template: Template | None = None

    @classmethod
    def from_data(cls, tables: Any, plan: Any, decisions: Any, template: Any = None) -> "Book":
        return cls(
            tuple(Table.from_data(item) for item in tables),
            Plan.from_data(plan),
            {str(key): Decision.from_data(item) for key, item in decisions.items()},
            None if template is None else Template.from_data(template),
        )

    @cached_property
    def sorted(self) -> tuple[Sorted, ...]:
        """Each table's rows as what they are."""
        return tuple(
            sort_rows(table, plan.columns, index)
            for index, (table, plan) in enumerate(zip(self.tables, self.plan.tables, strict=True))
        )

    @cached_property
    def rows(self) -> tuple[SourceRow, ...]:
        """The issues of the tables that are used, in reading order."""
        return tuple(
            row
            for plan, found in zip(self.plan.tables, self.sorted, strict=True)
            if plan.use
            for row in found.rows
        )

    def find(self, key: str) -> SourceRow | None:
        """The row of a key, among those in use."""
        return next((row for row in self.rows if row.key == key), None)

    def state(self, row: SourceRow) -> str:
        """take, leave, or "" while nobody has decided."""
        decision = self.decisions.get(row.key)
        return decision.use if decision else ""

    def head(self, source: str = "") -> Head:
        """What the playbook is called and for whom it speaks, with the rate card of a template."""
        rates = self.template.rates if self.template is not None else {}
        return replace(self.plan.head(source), rates=rates)

    def propose(self, row: SourceRow, topic: str | None = None) -> Proposal:
        """What Parley makes of a row; with `topic` on that topic ("" for none)."""
        if self.template is not None:
            return propose_from(self.template, row, head=self.head(), topic=topic)
        return propose(row, side=self.plan.side, topic=topic)

    def place(self, row: SourceRow) -> str:
        """Where the row stands, in words."""
        if self.template is not None:
            return row.category or self.tables[row.table].name
        return f"{self.tables[row.table].name}, row {row.row + 1}"
