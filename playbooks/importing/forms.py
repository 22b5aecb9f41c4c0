"""What the pages of an import post: the file, the columns, one row."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from playbooks import shelf
from playbooks.importing.decisions import ACCEPT, ASK, LEAVE, TAKE, Decision, RungChoice
from playbooks.importing.labels import followed
from playbooks.importing.people import approvers_from
from playbooks.importing.plan import contract_types, sides
from playbooks.importing.words import contract_name
from playbooks.pages import ROLE_NAMES
from playbooks.rules import RISKS
from playbooks.rules import ROLES as PEOPLE
from playbooks.services.template_imports import read_file
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


class TemplateForm(forms.Form):
    """A template of our own: a file, or a contract the member may read; whose side it speaks for."""

    file = forms.FileField(
        label=_("Word document or text file"),
        help_text=_("Your own form of contract, as .docx or .txt. Tracked changes count as accepted."),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.txt"}),
        required=False,
        allow_empty_file=True,  # said by the reader, which knows what it is
    )
    contract = forms.ChoiceField(label=_("or a contract that is here"), required=False)
    title = forms.CharField(
        label=_("Title of the playbook"),
        max_length=200,
        required=False,
        help_text=_("Without one, the name of the file."),
    )
    contract_type = forms.ChoiceField(
        label=_("Kind of contract"),
        choices=lambda: [("", _("told by its title")), *((c, contract_name(c)) for c in contract_types())],
        required=False,
    )
    side = forms.ChoiceField(
        label=_("Our side"),
        choices=lambda: [("", _("choose")), *((s, s) for s in sides())],
        help_text=_("It decides which way a number counts: a long time to pay is good for one side only."),
    )
    approver = forms.ChoiceField(
        label=_("Accepting less needs"),
        choices=lambda: [(role, ROLE_NAMES.get(role, role.replace("_", " "))) for role in PEOPLE],
        initial="legal",
    )

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        offered = [(item.key, item.label) for item in shelf.offered(member)]
        self.fields["contract"].choices = [("", _("none: the file above")), *offered]  # type: ignore[attr-defined]
        if not offered:
            del self.fields["contract"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, contract = cleaned.get("file"), cleaned.get("contract")
        if file and file.size > MAX_FILE:
            self.add_error("file", _("The file is larger than 25 MB: drop the pictures and save it again."))
        if bool(file) == bool(contract) and not self.errors:
            self.add_error("file", _("Choose a file or a contract, one of them."))
        return cleaned

    def source(self) -> tuple[str, Any, bytes]:
        """The template's name, what was read, and the bytes it was read from. Raises ValidationError."""
        file = self.cleaned_data.get("file")
        if file:
            data = bytes(file.read())
            return str(file.name), read_file(file_name=str(file.name), data=data), data
        contract = shelf.fetch(self.member, self.cleaned_data["contract"])
        if contract is None:
            raise forms.ValidationError(_("This contract cannot be read; choose another."))
        return contract.label, contract.source, contract.source.text.encode()


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
            label=_label(post, n),
            when=_text(post, f"when-{n}", 2_000),
            wording=_text(post, f"wording-{n}", _LONG),
            approvers=_approvers(post.get(f"approvers-{n}", "")),
            example=_text(post, f"example-{n}", _LONG),
            names=_text(post, f"names-{n}", 500),
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
        silence=_one_of(post.get("silence", ""), (ACCEPT, ASK), ""),
    )


def _label(post: QueryDict, n: int) -> str:
    """The label that was typed; one of Parley's own follows its rule."""
    return followed(
        _text(post, f"label-{n}", 200),
        ours=_text(post, f"ours-{n}", 200),
        topic=_text(post, "topic", 60),
        when=_text(post, f"when-{n}", 2_000),
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
