"""An issue's own settings as a form, and what a new issue begins with."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from playbooks.authoring.forms.editor import Editor
from playbooks.authoring.forms.rows import Line, formset, lines
from playbooks.authoring.forms.words import DIRECTIONS, roles, rungs, silence
from playbooks.condition_text import BadCondition, parse
from playbooks.data_form import fact_data
from playbooks.fields import Mistake
from playbooks.rules import OUTSIDE


def _title() -> forms.CharField:
    return forms.CharField(label=gettext_lazy("Title"), max_length=120)


def _category() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Category"),
        max_length=80,
        widget=forms.TextInput(attrs={"list": "categories"}),
        help_text=gettext_lazy("Groups issues in lists and reports: Liability, Term, Data …"),
    )


class IssueForm(forms.Form):
    """Where we open, what we leave alone, what silence means."""

    title = _title()
    category = _category()
    opening = forms.ChoiceField(label=gettext_lazy("We open with"))
    ours = forms.ChoiceField(
        label=gettext_lazy("Left alone on our paper"),
        help_text=gettext_lazy("Text on this rung or a better one gets no mark-up."),
    )
    theirs = forms.ChoiceField(label=gettext_lazy("Left alone on their paper"))
    stands = forms.ChoiceField(label=gettext_lazy("If the contract says nothing, it is"))
    silence = forms.CharField(label=gettext_lazy("Why"), max_length=400)
    better = forms.ChoiceField(
        label=gettext_lazy("Direction"),
        choices=DIRECTIONS,
        required=False,
        help_text=gettext_lazy("A rung that asks for more than the one above it is then refused."),
    )
    heading = forms.CharField(
        label=gettext_lazy("Heading of a clause to insert"), required=False, max_length=120
    )
    policy = forms.CharField(
        label=gettext_lazy("Policy it serves"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("A note or an address for people; nothing is computed from it."),
    )

    def __init__(self, *args: Any, issue: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ladder = rungs(issue)
        for name in ("opening", "ours", "theirs"):
            self.fields[name].choices = ladder  # type: ignore[attr-defined]
        self.fields["stands"].choices = silence(issue)  # type: ignore[attr-defined]


class SmallDealForm(Line):
    essential = ("value",)
    value = forms.DecimalField(
        label=gettext_lazy("Deals up to"), required=False, min_value=0, max_digits=15, decimal_places=2
    )
    ours = forms.ChoiceField(label=gettext_lazy("left alone on our paper"), required=False)
    theirs = forms.ChoiceField(label=gettext_lazy("left alone on their paper"), required=False)

    def __init__(self, *args: Any, issue: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("ours", "theirs"):
            self.fields[name].choices = [("", _("as in other deals")), *rungs(issue)]  # type: ignore[attr-defined]


class SideForm(Line):
    essential = ("side",)
    side = forms.CharField(label=gettext_lazy("Where we are the"), required=False, max_length=60)
    better = forms.ChoiceField(label=gettext_lazy("Direction"), required=False, choices=DIRECTIONS[1:])


class CounselForm(Line):
    essential = ("when", "says")
    when = forms.CharField(
        label=gettext_lazy("Where this holds"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("A condition as text, such as: months > 12"),
        widget=forms.TextInput(attrs={"spellcheck": "false"}),
    )
    says = forms.CharField(label=gettext_lazy("the finding says"), required=False, max_length=400)


TITLES: Mapping[str, tuple[Any, Any, Any]] = {
    "small": (
        gettext_lazy("Small deals"),
        gettext_lazy("In deals up to a value more may be left alone."),
        gettext_lazy("Add a size of deal"),
    ),
    "sides": (
        gettext_lazy("Direction by side"),
        gettext_lazy("Where the same issue is used on both sides of a contract."),
        gettext_lazy("Add a side"),
    ),
    "counsel": (
        gettext_lazy("Ask counsel"),
        gettext_lazy("When a person who knows the law must look; nothing else follows from it."),
        gettext_lazy("Add a question for counsel"),
    ),
}


class IssueEditor(Editor):
    """An issue's settings as form and sets of lines; `data()` gives back their stored form."""

    titles = TITLES

    def __init__(self, issue: Mapping[str, Any], data: MultiValueDict[str, Any] | None = None) -> None:
        left = issue.get("leave_alone", {})
        small = [
            {"value": step["value"], "ours": step.get("our_paper"), "theirs": step.get("their_paper")}
            for step in left.get("up_to", ())
        ]
        better = issue.get("better")
        by_side = better.items() if isinstance(better, Mapping) else ()
        sides = [{"side": side, "better": way} for side, way in by_side]
        counsel = issue.get("counsel") or ()
        super().__init__(
            IssueForm(data, initial=_initial(issue), issue=issue),
            {
                "small": formset(SmallDealForm, prefix="small", data=data, initial=small, issue=issue),
                "sides": formset(SideForm, prefix="sides", data=data, initial=sides),
                "counsel": formset(CounselForm, prefix="counsel", data=data, initial=counsel),
            },
        )

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        conditions = [self._is_condition(form) for form in self.sets["counsel"].forms]
        return all(conditions)

    def _is_condition(self, form: Any) -> bool:
        if not form.has_changed_or_initial() or form.cleaned_data.get("DELETE"):
            return True
        try:
            parse(form.cleaned_data["when"] or " ")
        except (BadCondition, RecursionError) as error:
            form.add_error("when", str(error))
            return False
        return True

    def data(self) -> dict[str, Any]:
        given = self.form.cleaned_data
        up_to = [
            {
                name: value
                for name, value in (
                    ("value", fact_data(line["value"])),
                    ("our_paper", line["ours"]),
                    ("their_paper", line["theirs"]),
                )
                if value
            }
            for line in lines(self.sets["small"])
        ]
        sides = {line["side"]: line["better"] for line in lines(self.sets["sides"]) if line["better"]}
        return {
            "title": given["title"],
            "category": given["category"],
            "opening": given["opening"],
            "leave_alone": {
                "our_paper": given["ours"],
                "their_paper": given["theirs"],
                **({"up_to": up_to} if up_to else {}),
            },
            "missing": {"stands": given["stands"], "reason": given["silence"]},
            "better": sides or given["better"],
            "heading": given["heading"],
            "policy": given["policy"],
            "counsel": [{"when": line["when"], "says": line["says"]} for line in lines(self.sets["counsel"])],
        }

    def take(self, mistakes: Iterable[Mistake], prefix: str) -> None:
        """Put what the rules object to beside its field; the rest is said at the head."""
        fields = {
            "title": "title",
            "category": "category",
            "opening": "opening",
            "leave_alone.our_paper": "ours",
            "leave_alone.their_paper": "theirs",
            "missing.stands": "stands",
            "missing.reason": "silence",
            "heading": "heading",
            "policy": "policy",
        }
        for mistake in mistakes:
            field = mistake.field.removeprefix(prefix).lstrip(".")
            counsel = re.match(r"counsel\[(\d+)\]\.(when|says)", field)
            filled = [form for form in self.sets["counsel"].forms if form.has_changed_or_initial()]
            if field in fields and mistake.field.startswith(prefix):
                self.form.add_error(fields[field], mistake.message)
            elif counsel and int(counsel[1]) < len(filled):
                filled[int(counsel[1])].add_error(counsel[2], mistake.message)
            else:
                self.problems.append(f"{mistake.field}: {mistake.message}")


def _initial(issue: Mapping[str, Any]) -> dict[str, Any]:
    first = issue["rungs"][0]["id"]
    opening = issue.get("opening", first)
    left, better = issue.get("leave_alone", {}), issue.get("better", "")
    return {
        **{name: issue.get(name, "") for name in ("title", "category", "heading", "policy")},
        "opening": opening,
        "ours": left.get("our_paper", opening),
        "theirs": left.get("their_paper", opening),
        "stands": issue["missing"]["stands"],
        "silence": issue["missing"]["reason"],
        "better": "" if isinstance(better, Mapping) else better,
    }


class NewIssueForm(forms.Form):
    """What a new issue begins with; everything else has a careful start and is changed on its page."""

    title = _title()
    category = _category()
    label = forms.CharField(label=gettext_lazy("The position we prefer, in a few words"), max_length=300)
    reason = forms.CharField(
        label=gettext_lazy("Reason we give for it"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("May be shown to the other side beside a change."),
    )
    approver = forms.ChoiceField(
        label=gettext_lazy("Who alone may go below the last rung"), choices=roles, initial="general_counsel"
    )

    def issue(self, code: str, topic: str) -> dict[str, Any]:
        """A ladder of one rung, on which every text stands that has the clause, until its condition says
        more."""
        given = self.cleaned_data
        return {
            "code": code,
            "title": given["title"],
            "category": given["category"],
            "topic": topic,
            "opening": "P",
            "leave_alone": {"our_paper": "P", "their_paper": "P"},
            "missing": {"stands": OUTSIDE, "reason": _("The contract says nothing on it.")},
            "rungs": [
                {
                    "id": "P",
                    "label": given["label"],
                    "when": "clause present",
                    "risk": "low",
                    "weight": 0,
                    "reason": given["reason"],
                }
            ],
            "walk_away": {
                "approvers": {"any": [given["approver"]]},
                "risk": "high",
                "weight": 10,
                "reason": _("This is below our last position."),
            },
        }
