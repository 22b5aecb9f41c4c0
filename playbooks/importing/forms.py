"""What the pages of an import post: the file, the columns, one row."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from playbooks.importing.decisions import LEAVE, TAKE, Decision, RungChoice
from playbooks.importing.people import approvers_from
from playbooks.importing.plan import contract_types, sides
from playbooks.rules import RISKS
from playbooks.rules import ROLES as PEOPLE
from redline.zipgate import MAX_FILE

MOST_RUNGS = 12
_LONG = 20_000


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("Word document or Excel workbook"),
        help_text=_(
            "A .docx or .xlsx with the playbook as a table: an issue in each row, its positions beside it."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.xlsx"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE:
            raise forms.ValidationError(
                _("The file is larger than 25 MB: keep the tables and drop the pictures.")
            )
        return file


def columns_posted(post: QueryDict, widths: list[int]) -> dict[str, Any]:
    """Title, kind, side and, for each table, whether it is used, its row of headings and its roles."""
    return {
        "title": _text(post, "title", 200),
        "contract_type": _one_of(post.get("contract_type", ""), contract_types(), "other"),
        "side": _one_of(post.get("side", ""), sides(), "both"),
        "tables": [
            (
                post.get(f"use-{index}") == "on",
                _header(post.get(f"header-{index}", "")),
                [post.get(f"role-{index}-{column}", "") for column in range(width)],
            )
            for index, width in enumerate(widths)
        ],
    }


def _header(text: str) -> int | None:
    """The row of headings, counted from 0; None for none."""
    return int(text) - 1 if text.isdecimal() and 0 < len(text) < 6 else None


def decision_posted(post: QueryDict) -> Decision:
    """The row as it stands in the form. Nothing is judged here but what could not have been chosen."""
    count = post.get("rungs", "0")
    rungs = [
        RungChoice(
            role=_text(post, f"role-{n}", 40),
            label=_text(post, f"label-{n}", 200),
            when=_text(post, f"when-{n}", 2_000),
            wording=_text(post, f"wording-{n}", _LONG),
            approvers=_approvers(post.get(f"approvers-{n}", "")),
        )
        for n in range(min(int(count) if count.isdecimal() and len(count) < 4 else 0, MOST_RUNGS))
        if post.get(f"drop-{n}") != "on"
    ]
    return Decision(
        use=LEAVE if post.get("use") == LEAVE else TAKE,
        title=_text(post, "title", 200),
        category=_text(post, "category", 100),
        topic=_text(post, "topic", 60),
        rungs=tuple(rungs),
        walk_away=_text(post, "walk_away", _LONG),
        walk_approvers=_approvers(post.get("walk_approvers", "")) or "any:legal",
        risk=_one_of(post.get("risk", ""), RISKS, "high"),
        reason=_text(post, "reason", 2_000),
        guidance=_text(post, "guidance", _LONG),
    )


def _text(post: QueryDict, name: str, most: int) -> str:
    """What was typed, without what no database keeps."""
    return post.get(name, "").replace("\x00", "").replace("\r\n", "\n")[:most].strip()


def _approvers(code: str) -> str:
    rule = approvers_from(code[:200])
    known = rule is not None and all(role in PEOPLE for roles in rule.values() for role in roles)
    return code if known else ""


def _one_of(value: str, choices: tuple[str, ...], default: str) -> str:
    return value if value in choices else default
