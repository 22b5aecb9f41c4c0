"""Who approves and how risky, as tables write it: "Legal and Finance", "CFO", "High", "3"."""
# ruff: noqa: E501  (patterns are harder to check when cut over lines)

import re

from playbooks.rules import RISKS, ApproverRule

_ROLES = (
    (
        "general_counsel",
        r"general counsel|\bgc\b|\bclo\b|chief legal|head of legal|legal head|legal director",
    ),
    ("ip_counsel", r"\bip (?:counsel|team|lawyer)|intellectual property counsel|patent"),
    ("cfo", r"\bcfo\b|chief financial|finance director|head of finance"),
    ("legal", r"\blegal\b(?! (?:head|director))|\bcounsel\b|\blawyer|\battorney"),
    ("finance", r"\bfinance\b(?! director)|\btreasury|\baccounting|\brevenue\b|\bdeal desk"),
    ("privacy", r"\bprivacy|\bdpo\b|data protection officer"),
    ("security", r"\bsecurity\b|\bciso\b|\binfosec|\bit\b(?! is)"),
    ("procurement", r"\bprocurement|\bpurchasing|\bsourcing"),
    ("people", r"\bhr\b|\bpeople\b|human resources"),
    (
        "business",
        r"\bbusiness|\bsales\b|\bproduct\b|\bcommercial|sponsor|account (?:executive|manager)|\bcro\b|\bceo\b|\bvp\b",
    ),
)
_LEVELS = (
    (
        "high",
        r"\bhigh|critical|severe|must[- ]have|\bred\b|deal ?breaker|^\W*(?:1|p1|tier 1)\W*$|non-negotiable",
    ),
    ("low", r"\blow\b|minor|nice[- ]to[- ]have|\bgreen\b|^\W*(?:3|4|5|p3|tier 3)\W*$|negligible"),
    ("medium", r"\bmedium|moderate|\bamber|\byellow|should[- ]have|^\W*(?:2|p2|tier 2)\W*$|\bmid\b"),
)
_NOBODY = re.compile(
    r"^\W*(?:none|no|n/?a|not (?:needed|required)|no approval.*|pre[- ]?approved)?\W*$", re.I
)


def approvers_of(text: str) -> tuple[ApproverRule | None, bool]:
    """Who must approve, and whether the text was understood. Two names with *and* are both asked."""
    if _NOBODY.match(text):
        return None, True
    rest, roles = text.lower(), list[str]()
    for role, pattern in _ROLES:
        if re.search(pattern, rest):
            roles.append(role)
            rest = re.sub(pattern, " ", rest)  # "general counsel" is not counsel as well
    if not roles:
        return None, False
    joined = len(roles) > 1 and re.search(r"\band\b|\+|&|\bboth\b", text.lower()) is not None
    return ApproverRule("all" if joined else "any", tuple(sorted(roles))), True


def approvers_code(rule: ApproverRule | None) -> str:
    """A rule as one word for forms: "", "any:legal", "all:finance,legal"."""
    return "" if rule is None else f"{rule.mode}:{','.join(rule.roles)}"


def approvers_from(code: str) -> dict[str, list[str]] | None:
    """The stored form of a rule from its word; None where nobody is asked."""
    mode, _, roles = code.partition(":")
    return {mode: roles.split(",")} if mode in {"any", "all"} and roles else None


def risk_of(text: str) -> str:
    """high, medium or low; "" where the text says none of them. Where numbers are used, 1 is the gravest."""
    plain = text.lower().strip()
    return next((level for level, pattern in _LEVELS if re.search(pattern, plain)), "")


__all__ = ["RISKS", "approvers_code", "approvers_from", "approvers_of", "risk_of"]
