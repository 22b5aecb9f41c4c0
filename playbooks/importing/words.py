"""How the pages call roles, bands and kinds of rows."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from playbooks.importing import columns, lines
from playbooks.importing.people import approvers_from
from playbooks.pages import ROLE_NAMES
from playbooks.rules import ROLES as PEOPLE

_ROLES: dict[str, str | Promise] = {
    columns.ISSUE: gettext_lazy("Issue (its title)"),
    columns.CATEGORY: gettext_lazy("Category"),
    columns.POSITION: gettext_lazy("Names the position of its row"),
    columns.PREFERRED: gettext_lazy("Preferred position"),
    columns.PREFERRED_WORDING: gettext_lazy("Preferred: wording"),
    columns.WALK_AWAY: gettext_lazy("Walk-away"),
    columns.GUIDANCE: gettext_lazy("Guidance (stays inside)"),
    columns.REASON: gettext_lazy("Reason (the other side may read it)"),
    columns.APPROVER: gettext_lazy("Approver"),
    columns.RISK: gettext_lazy("Risk"),
    columns.IGNORE: gettext_lazy("Not used"),
}
BANDS: dict[str, tuple[str | Promise, str]] = {
    "sure": (gettext_lazy("sure"), "green"),
    "check": (gettext_lazy("please check"), "amber"),
    "unsure": (gettext_lazy("could not tell"), "grey"),
}
KINDS: dict[str, str | Promise] = {
    lines.HEADING: gettext_lazy("headings"),
    lines.SECTION: gettext_lazy("section titles"),
    lines.BLANK: gettext_lazy("blank"),
    lines.PART: gettext_lazy("more of the row above"),
    lines.NOT_USED: gettext_lazy("no issue named"),
}

CONTRACTS: dict[str, str | Promise] = {
    "nda_mutual": gettext_lazy("NDA, mutual"),
    "nda_one_way": gettext_lazy("NDA, one way"),
    "dpa": gettext_lazy("data processing agreement"),
    "saas": gettext_lazy("software as a service"),
    "software_licence": gettext_lazy("software licence"),
    "licence": gettext_lazy("licence, other"),
    "other": gettext_lazy("another kind"),
}
"""Kinds of contract whose codes are no words."""


def contract_name(code: str) -> str:
    return str(CONTRACTS.get(code, code.replace("_", " ")))


def role_name(role: str) -> str:
    kind, _colon, number = role.partition(":")
    if kind == "fallback":
        return _("Fallback %(number)s") % {"number": number}
    if kind == "fallback_wording":
        return _("Fallback %(number)s: wording") % {"number": number}
    return str(_ROLES[role])


def approver_choices(*more: str) -> list[tuple[str, str]]:
    """Who may be asked: nobody, one role, and the sets the table named."""
    codes = ["", *(f"any:{role}" for role in PEOPLE)]
    codes += [code for code in more if code not in codes and approvers_from(code)]
    return [(code, approver_name(code)) for code in codes]


def approver_name(code: str) -> str:
    rule = approvers_from(code)
    if rule is None:
        return _("nobody: free")
    (mode, roles), *_rest = rule.items()
    joined = _(" and ") if mode == "all" else _(" or ")
    return joined.join(str(ROLE_NAMES.get(role, role.replace("_", " "))) for role in roles)
