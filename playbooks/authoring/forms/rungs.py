"""One rung of a ladder, or the walk-away below it, as a form."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from playbooks.authoring.forms.conditions import ConditionEditor
from playbooks.authoring.forms.editor import Editor
from playbooks.authoring.forms.rate_rows import BadRow, cards_of, text_of_cards
from playbooks.authoring.forms.rows import Line, formset, lines
from playbooks.authoring.forms.words import (
    APPROVAL,
    BEARERS,
    DUE_KINDS,
    EDIT_ACTIONS,
    RISKS,
    roles,
)
from playbooks.authoring.trying import fact
from playbooks.condition_text import BadCondition, from_data, write
from playbooks.data_form import fact_data, slim
from playbooks.deal import DEAL_FACTS
from playbooks.fields import Mistake
from playbooks.rules import Playbook

LONG = {"rows": 3}
SERIF = {"rows": 4, "class": "input serif-input"}


def _long(label: Any, *, required: bool = False, help_text: Any = "", rows: int = 2) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=4000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class RungForm(forms.Form):
    """What a rung says of itself. `reason` may go outside; guidance and mitigation never do."""

    label = forms.CharField(
        label=gettext_lazy("Position in a few words"),
        max_length=300,
        help_text=gettext_lazy("For example: at most 30 days from receipt"),
    )
    risk = forms.ChoiceField(label=gettext_lazy("Risk of standing here"), choices=RISKS)
    weight = forms.IntegerField(
        label=gettext_lazy("Weight in the risk score"),
        min_value=0,
        max_value=999,
        required=False,
        help_text=gettext_lazy("Added to the score of a contract that stands here; 0 adds nothing."),
    )
    approval = forms.ChoiceField(
        label=gettext_lazy("Who must approve conceding it"), choices=APPROVAL, widget=forms.RadioSelect
    )
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Approvers"),
        required=False,
        choices=roles,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = _long(
        gettext_lazy("Reason we give"),
        required=True,
        help_text=gettext_lazy("May be shown to the other side beside a change."),
    )
    guidance = _long(gettext_lazy("Guidance for our negotiators"), help_text=gettext_lazy("Stays inside."))
    mitigation = _long(
        gettext_lazy("Mitigation"),
        help_text=gettext_lazy("What we do to live with the risk. Stays inside."),
    )
    trade = forms.CharField(
        label=gettext_lazy("What we ask in return"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("A note, unless the rung holds only while the trade is agreed."),
    )
    trade_code = forms.CharField(
        label=gettext_lazy("Holds only with this trade agreed"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("A short code, such as longer_term. Empty: the trade is a note."),
    )
    review_on = forms.CharField(
        label=gettext_lazy("Look at it again on"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"placeholder": "2027-06-30"}),
    )

    def __init__(self, *args: Any, is_walk_away: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_walk_away:
            for name in ("label", "mitigation", "trade", "trade_code", "review_on"):
                del self.fields[name]
            self.fields["approval"].choices = APPROVAL[1:]  # type: ignore[attr-defined]
            self.fields["approval"].label = _("Who must approve going below the last rung")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("approval") in {"any", "all"} and not cleaned.get("roles"):
            self.add_error("roles", _("Choose at least one."))
        if cleaned.get("trade_code") and not cleaned.get("trade"):
            self.add_error("trade", _("Say in words what is asked in return."))
        return cleaned


class WordingForm(Line):
    essential = ("text",)
    text = forms.CharField(
        label=gettext_lazy("Wording"), required=False, max_length=8000, widget=forms.Textarea(attrs=SERIF)
    )
    jurisdiction = forms.CharField(label=gettext_lazy("Jurisdiction"), required=False, max_length=80)
    industry = forms.CharField(label=gettext_lazy("Industry"), required=False, max_length=80)
    role = forms.CharField(label=gettext_lazy("Our role"), required=False, max_length=80)


class EditForm(Line):
    essential = ("mends", "text", "at")
    mends = forms.CharField(
        label=gettext_lazy("Mends"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("The values it puts right, separated by commas."),
    )
    action = forms.ChoiceField(label=gettext_lazy("Change"), required=False, choices=EDIT_ACTIONS)
    text = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        max_length=2000,
        strip=False,  # the space that joins an insertion to its sentence is part of it
        help_text=gettext_lazy("Spaces at either end count: they join the words to the sentence."),
        widget=forms.Textarea(attrs={**SERIF, "rows": 2}),
    )
    at = forms.CharField(
        label=gettext_lazy("Place"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("end, before:VALUE or after:VALUE"),
    )


class ObligationForm(Line):
    essential = ("title",)
    title = forms.CharField(label=gettext_lazy("Duty"), required=False, max_length=200)
    bearer = forms.ChoiceField(label=gettext_lazy("Who owes it"), required=False, choices=BEARERS)
    owner = forms.CharField(
        label=gettext_lazy("Looked after by"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"list": "owners"}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Due"), required=False, choices=DUE_KINDS)
    event = forms.CharField(
        label=gettext_lazy("Event or period"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"list": "events"}),
    )
    days = forms.IntegerField(label=gettext_lazy("Days"), required=False, min_value=0, max_value=36500)


class ExampleForm(Line):
    essential = ("text",)
    text = forms.CharField(
        label=gettext_lazy("Text that must land here"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs=SERIF),
    )
    near = forms.BooleanField(label=gettext_lazy("close to the next rung"), required=False)
    deal = forms.CharField(
        label=gettext_lazy("Facts of the deal"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Where the rung asks for them: annual_fees=120000; law=Germany"),
    )
    rates = forms.CharField(
        label=gettext_lazy("Prices it was written for"),
        required=False,
        max_length=40000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "It is tried with these rows and not with those of the rate card; empty, it follows the card."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.data if self.is_bound else self.initial
        if (self.add_prefix("rates") if self.is_bound else "rates") not in given:
            del self.fields["rates"]  # few examples name prices

    def clean_rates(self) -> dict[str, Any]:
        try:
            return cards_of(self.cleaned_data["rates"])
        except BadRow as error:
            raise ValidationError(list(error.says)) from None


SETS: Mapping[str, type[Line]] = {
    "wording": WordingForm,
    "edits": EditForm,
    "obligations": ObligationForm,
    "examples": ExampleForm,
}
TITLES: Mapping[str, tuple[Any, Any, Any]] = {
    "wording": (
        gettext_lazy("Wordings"),
        gettext_lazy("The whole clause, proposed where no small edit reaches this rung."),
        gettext_lazy("Add a wording"),
    ),
    "edits": (
        gettext_lazy("Small edits"),
        gettext_lazy("The fewest words that mend one value. Numbers need none."),
        gettext_lazy("Add a small edit"),
    ),
    "obligations": (
        gettext_lazy("Obligations"),
        gettext_lazy("Duties that this position creates once it is agreed."),
        gettext_lazy("Add an obligation"),
    ),
    "examples": (
        gettext_lazy("Examples"),
        gettext_lazy("Texts that must land on this rung. They are tried before publishing."),
        gettext_lazy("Add an example"),
    ),
}


class RungEditor(Editor):
    """A rung (or the walk-away) as form and sets of lines; `data()` gives back its stored form."""

    titles = TITLES

    def __init__(
        self,
        playbook: Playbook,
        topic: str,
        rung: Mapping[str, Any],
        *,
        is_walk_away: bool = False,
        data: MultiValueDict[str, Any] | None = None,
    ) -> None:
        self.playbook, self.is_walk_away = playbook, is_walk_away
        self.condition = (
            None
            if is_walk_away
            else ConditionEditor(playbook, topic, condition=_condition_of(rung), data=data)
        )
        shown = ("examples",) if is_walk_away else tuple(SETS)
        super().__init__(
            RungForm(data, initial=_initial(rung), is_walk_away=is_walk_away),
            {
                name: formset(SETS[name], prefix=name, data=data, initial=_lines_of(name, rung))
                for name in shown
            },
        )

    def is_valid(self) -> bool:
        """Whether every field can be used; what cannot is marked where it stands."""
        valid = [super().is_valid()]
        if self.condition is not None:
            self.when = self.condition.read()
            valid.append(self.when is not None)
        if all(valid):
            valid.append(self._facts_are_right())
        return all(valid)

    def _facts_are_right(self) -> bool:
        found = [_deal(form, self.playbook) for form in self.sets["examples"].forms]
        return None not in found

    def data(self) -> dict[str, Any]:
        """The stored form of what was filled in; only after `is_valid`."""
        given = self.form.cleaned_data
        approvers = None if given["approval"] == "free" else {given["approval"]: list(given["roles"])}
        found: dict[str, Any] = {
            "risk": given["risk"],
            "weight": given["weight"] or 0,
            "approvers": approvers,
            "reason": given["reason"],
            "guidance": given["guidance"],
            "examples": [_example(line, self.playbook) for line in lines(self.sets["examples"])],
        }
        if self.is_walk_away or self.when is None:
            return found
        return found | {
            "label": given["label"],
            "when": write(self.when),
            "mitigation": given["mitigation"],
            "trade": (
                {"code": given["trade_code"], "text": given["trade"]}
                if given["trade_code"]
                else given["trade"]
            ),
            "review_on": given["review_on"],
            "wording": [
                _filled(line, ("text", "jurisdiction", "industry", "role"))
                for line in lines(self.sets["wording"])
            ],
            "edits": [_edit(line) for line in lines(self.sets["edits"])],
            "obligations": [_obligation(line) for line in lines(self.sets["obligations"])],
        }

    def take(self, mistakes: Iterable[Mistake], prefix: str) -> None:
        """Put what the rules object to beside the field it is about; the rest is said at the head."""
        for mistake in mistakes:
            if not mistake.field.startswith(prefix) or not self._placed(
                mistake.field.removeprefix(prefix).lstrip("."), mistake.message
            ):
                self.problems.append(f"{mistake.field}: {mistake.message}")

    def _placed(self, field: str, message: str) -> bool:
        line = re.match(r"(wording|edits|obligations|examples)\[(\d+)\]", field)
        if line is not None:
            filled = [form for form in self.sets[line[1]].forms if form.has_changed_or_initial()]
            number = int(line[2])
            if number < len(filled):
                filled[number].add_error(None, message)
            return number < len(filled)
        if field == "when" and self.condition is not None:
            self.condition.problem = message
            return True
        name = {"approvers": "roles", "trade": "trade_code"}.get(field.split(".")[0], field)
        if name in self.form.fields:
            self.form.add_error(name, message)
        return name in self.form.fields

    def hush(self) -> None:
        super().hush()
        if self.condition is not None:
            self.condition.hush()


def _condition_of(rung: Mapping[str, Any]) -> Any:
    try:
        return from_data(rung["when"]) if rung.get("when") else None
    except BadCondition:
        return None


def _initial(rung: Mapping[str, Any]) -> dict[str, Any]:
    approvers = rung.get("approvers") or {}
    mode = next(iter(approvers), "free")
    trade = rung.get("trade", "")
    has_code = isinstance(trade, Mapping)
    return {
        "label": rung.get("label", ""),
        "risk": rung.get("risk", "low"),
        "weight": rung.get("weight", 0),
        "approval": mode,
        "roles": approvers.get(mode, []),
        "reason": rung.get("reason", ""),
        "guidance": rung.get("guidance", ""),
        "mitigation": rung.get("mitigation", ""),
        "trade": trade["text"] if has_code else trade,
        "trade_code": trade["code"] if has_code else "",
        "review_on": rung.get("review_on", ""),
    }


def _lines_of(name: str, rung: Mapping[str, Any]) -> list[dict[str, Any]]:
    items = rung.get(name) or []
    if name == "wording":
        return [dict(item) for item in items]
    if name == "edits":
        return [_edit_line(item) for item in items]
    if name == "obligations":
        return [_obligation_line(item) for item in items]
    return [_example_line(item) for item in items]


def _edit_line(item: Mapping[str, Any]) -> dict[str, Any]:
    action = next((name for name, _said in EDIT_ACTIONS if name in item), "insert")
    words = item.get(action)
    return {
        "mends": ", ".join(item.get("mends", ())),
        "action": action,
        "text": "" if words is True else words,
        "at": item.get("at", ""),
    }


def _obligation_line(item: Mapping[str, Any]) -> dict[str, Any]:
    due = item["due"]
    kind = next((name for name, _said in DUE_KINDS if name in due), "after")
    return {
        **{name: item[name] for name in ("title", "bearer", "owner")},
        "kind": kind,
        "event": due.get(kind, ""),
        "days": due.get("days"),
    }


def _example_line(item: Any) -> dict[str, Any]:
    if isinstance(item, str):
        return {"text": item}
    facts = [
        f"{name}={', '.join(map(str, value)) if isinstance(value, list) else value}"
        for name, value in item.get("deal", {}).items()
    ]
    line = {"text": item["text"], "near": bool(item.get("near")), "deal": "; ".join(facts)}
    return {**line, "rates": text_of_cards(item["rates"])} if item.get("rates") else line


def _filled(line: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: line[name] for name in names if line.get(name)}


def _edit(line: Mapping[str, Any]) -> dict[str, Any]:
    mends = [name.strip() for name in line["mends"].split(",") if name.strip()]
    words: Any = line["text"] or True
    return slim({"mends": mends, line["action"] or "insert": words, "at": line["at"]})


def _obligation(line: Mapping[str, Any]) -> dict[str, Any]:
    due = slim({line["kind"] or "after": line["event"], "days": line["days"]})
    return {"title": line["title"], "bearer": line["bearer"] or "ours", "owner": line["owner"], "due": due}


def _example(line: Mapping[str, Any], playbook: Playbook) -> Any:
    facts, rates = _facts(line["deal"], playbook), line.get("rates")
    if not facts and not line["near"] and not rates:
        return line["text"]
    return slim({"text": line["text"], "near": line["near"] or None, "deal": facts, "rates": rates})


def _deal(form: Any, playbook: Playbook) -> dict[str, Any] | None:
    """The facts of an example; None, with the field marked, where one cannot be read."""
    try:
        return _facts(form.cleaned_data.get("deal", ""), playbook)
    except ValueError as error:
        form.add_error("deal", str(error))
        return None


def _facts(text: str, playbook: Playbook) -> dict[str, Any]:
    kinds = {**{name: known.kind for name, known in DEAL_FACTS.items()}, **playbook.deal_facts}
    found: dict[str, Any] = {}
    for part in (item.strip() for item in text.split(";")):
        if not part:
            continue
        name, equals, value = part.partition("=")
        name = name.strip()
        if not equals or name not in kinds:
            raise ValueError(
                _("“%(part)s” is not a fact of the deal. Known: %(known)s")
                % {"part": part, "known": ", ".join(sorted(kinds))}
            )
        try:
            read = fact(kinds[name], value)
        except ValueError:
            raise ValueError(_("“%(value)s” is not a number.") % {"value": value.strip()}) from None
        if read is not None:
            found[name] = fact_data(read)
    return found
