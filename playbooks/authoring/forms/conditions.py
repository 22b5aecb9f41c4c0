"""The condition of a rung as a form: rows to choose from, or the text form for what rows cannot say."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clauses.topics.values import Spec
from playbooks.authoring.condition_rows import (
    ALL,
    ANY,
    FITS,
    NO_OPERAND,
    BadRows,
    Row,
    condition_of,
    joined,
    names_of,
    rows_of,
    same,
)
from playbooks.authoring.forms.rows import Line, formset, quiet
from playbooks.authoring.forms.words import COMPARISONS, plain
from playbooks.condition_text import BadCondition, parse, write
from playbooks.condition_words import describe
from playbooks.conditions import Condition
from playbooks.everywhere import specs_of
from playbooks.rules import Playbook

ROWS, TEXT = "rows", "text"
PREFIX = "rows"
UNITS: Mapping[str, Any] = {
    "business_day": gettext_lazy("business days"),
    "day": gettext_lazy("days"),
    "month": gettext_lazy("months"),
    "year": gettext_lazy("years"),
    "hour": gettext_lazy("hours"),
    "percent": gettext_lazy("%"),
    "times": gettext_lazy("times"),
    "money": gettext_lazy("amount"),
}


EXAMPLES = {"rates": "RATES.ours + 5%", "date": "2027-06-30"}
"""What is typed for a kind of value whose form one could not guess."""
WORDS = {"hx-post": "", "hx-trigger": "change"}
"""A change of this control says the condition in words again."""
WHOLE = {
    "hx-post": "",
    "hx-trigger": "change",
    "hx-target": "#condition",
    "hx-select": "#condition",
    "class": "input",
}
"""A change of this control shows the row anew, with what fits the value chosen."""


class OneOf(forms.ChoiceField):
    """A choice whose list follows another field: what no longer fits is told by the row, in its words."""

    def validate(self, value: Any) -> None:
        forms.Field.validate(self, value)


class SomeOf(forms.MultipleChoiceField):
    """Ticks whose list follows another field: those of the value before are dropped."""

    def clean(self, value: Any) -> list[str]:
        known = {str(code) for code, _said in list(self.choices)}  # type: ignore[arg-type]
        return [item for item in super().to_python(value) if item in known]


class RowForm(Line):
    """Value, comparison, what it is compared with. The controls follow the value that is chosen."""

    essential = ("name",)
    name = forms.ChoiceField(label=gettext_lazy("Value"), required=False, widget=forms.Select(attrs=WHOLE))
    op = OneOf(label=gettext_lazy("Comparison"), required=False, widget=forms.Select(attrs=WHOLE))
    typed = forms.CharField(
        label=gettext_lazy("Compared with"),
        required=False,
        max_length=400,
        widget=forms.TextInput(attrs={**WORDS, "class": "input", "autocomplete": "off"}),
    )
    chosen = SomeOf(
        label=gettext_lazy("Compared with"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=WORDS),
    )
    or_silent = forms.BooleanField(
        label=gettext_lazy("or nothing is said on it"),
        required=False,
        widget=forms.CheckboxInput(attrs=WORDS),
    )

    def __init__(
        self, *args: Any, names: Mapping[str, Spec], lists: Mapping[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        name = str(self["name"].value() or "")
        self.spec = names.get(name)
        self._follow(name)
        _choices(self, "name", _grouped(names, name))
        _choices(self, "op", self._comparisons())
        _choices(self, "chosen", self._words(lists))
        if self.spec is not None and self.spec.kind in EXAMPLES:
            self.fields["typed"].widget.attrs["placeholder"] = EXAMPLES[self.spec.kind]

    def _follow(self, name: str) -> None:
        """Another value was chosen than the row was shown with: the comparison becomes one that fits it."""
        was = self.data.get(self.add_prefix("was"), name)
        if not self.is_bound or was == name or self.spec is None:
            return
        op = self.data.get(self.add_prefix("op"), "")
        if op not in FITS[self.spec.kind] or was == "clause":
            given = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, where it is bound
            given[self.add_prefix("op")] = FITS[self.spec.kind][0]
            self.data = given

    def _comparisons(self) -> list[tuple[str, Any]]:
        if self.spec is None:
            return [("", "–"), *COMPARISONS.items()]
        wording = {"has": _("says"), "lacks": _("does not say")} if self.spec.kind == "wording" else {}
        return [(op, wording.get(op, COMPARISONS[op])) for op in FITS[self.spec.kind]]

    def _words(self, lists: Mapping[str, Any]) -> list[tuple[str, str]]:
        if self.spec is None or self.spec.kind not in {"word", "set"}:
            return []
        words = [(word, plain(word)) for word in self.spec.allowed]
        if not self.spec.allowed:
            said = _("the list “%(name)s”")
            words += [(f"LIST.{name}", said % {"name": plain(name)}) for name in sorted(lists)]
        known = {code for code, _said in words}
        kept = self.initial.get("chosen") or []
        return words + [(word, plain(word)) for word in kept if word not in known]

    @property
    def unit(self) -> str:
        return str(UNITS.get(self.spec.unit, "")) if self.spec else ""

    @property
    def takes_operand(self) -> bool:
        return self.spec is None or (self.spec.kind != "clause" and self["op"].value() not in NO_OPERAND)

    @property
    def takes_typing(self) -> bool:
        return self.spec is None or self.spec.kind in {"number", "wording"} or not self.spec.allowed

    def row(self) -> Row:
        """What the line says. A second word makes "is" an "is one of"."""
        given = self.cleaned_data
        several = [*given["chosen"], *([given["typed"]] if given["typed"] else [])]
        op = given["op"] or (FITS[self.spec.kind][0] if self.spec else "")
        if op == "=" and len(several) > 1:
            op = "in"
        return Row(given["name"], op, joined(several), or_silent=bool(given["or_silent"]))


def _choices(form: forms.Form, field: str, choices: list[Any]) -> None:
    form.fields[field].choices = choices  # type: ignore[attr-defined]


def _grouped(names: Mapping[str, Spec], chosen: str) -> list[Any]:
    def said(item: tuple[str, Spec]) -> tuple[str, str]:
        name, spec = item
        unit = f" ({UNITS[spec.unit]})" if spec.unit in UNITS else ""
        return name, f"{spec.says}{unit}"

    read = [said(item) for item in names.items() if not item[0].startswith("deal.")]
    deal = [said(item) for item in names.items() if item[0].startswith("deal.")]
    lost = [] if not chosen or chosen in names else [(chosen, chosen)]
    return [("", "–"), (_("Read in the clause"), read + lost), (_("Facts of the deal"), deal)]


def _initial(row: Row, spec: Spec) -> dict[str, Any]:
    """A row as the fields show it: words that can be ticked are ticked, the rest is typed."""
    items = [item for item in row.typed.split("; ") if item]
    ticked = spec.kind in {"word", "set"} and (bool(spec.allowed) or row.typed.startswith("LIST."))
    return {
        "name": row.name,
        "op": row.op,
        "typed": "" if ticked else row.typed,
        "chosen": items if ticked else [],
        "or_silent": row.or_silent,
    }


class HowForm(forms.Form):
    """Rows or text, and how the rows go together."""

    how = forms.ChoiceField(
        label=gettext_lazy("Written as"),
        choices=[(ROWS, gettext_lazy("rows to choose from")), (TEXT, gettext_lazy("text"))],
        widget=forms.RadioSelect(attrs={**WORDS, "hx-target": "#condition", "hx-select": "#condition"}),
        initial=ROWS,
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("What must hold"),
        choices=[(ALL, gettext_lazy("all of these")), (ANY, gettext_lazy("any of these"))],
        widget=forms.RadioSelect(attrs=WORDS),
        initial=ALL,
    )
    condition = forms.CharField(
        label=gettext_lazy("Condition as text"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "class": "input code-input", **WORDS}),
    )


class ConditionEditor:
    """The condition of one rung, shown and read back. `problem` says what is wrong with it as a whole."""

    def __init__(
        self,
        playbook: Playbook,
        topic: str,
        *,
        condition: Condition | None = None,
        data: MultiValueDict[str, Any] | None = None,
    ) -> None:
        self.before = condition
        self.problem = ""
        self.names = names_of(playbook, topic)
        self.specs = specs_of(topic)
        shown = None if condition is None else rows_of(condition)
        fits = shown is not None and all(_fits(row, self.names) for row in shown[1])
        mode, rows = shown if shown is not None and fits else (ALL, [])
        how = ROWS if fits or condition is None else TEXT
        self.rows = formset(
            RowForm,
            prefix=PREFIX,
            data=data,
            initial=[_initial(row, self.names[row.name]) for row in rows],
            empty=0 if rows else 1,
            names=self.names,
            lists=playbook.lists,
        )
        text = write(condition) if condition else ""
        self.form = HowForm(
            data if data is None else self._with_text(data, text),
            initial={"how": how, "mode": mode, "condition": text},
        )

    def _with_text(self, data: MultiValueDict[str, Any], stored: str) -> MultiValueDict[str, Any]:
        """Whoever turns from rows to text goes on with what the rows say, unless the text was written to."""
        untouched = data.get("condition", "").split() == stored.split()
        turned = data.get("how") == TEXT and data.get("how-was") == ROWS
        if not turned or not untouched or not self.rows.is_valid():
            return data
        found = self._of_rows(ANY if data.get("mode") == ANY else ALL)
        self.problem = ""
        for form in self.rows.forms:
            quiet(form)
        if found is None:
            return data
        followed = data.copy()
        followed["condition"] = write(found)
        return followed

    @property
    def says_known(self) -> list[dict[str, str]]:
        """The names that the text form may use on this topic, with what they mean."""
        return [
            {
                "name": name,
                "says": spec.says,
                "words": ", ".join(spec.allowed),
                "unit": str(UNITS.get(spec.unit, "")),
            }
            for name, spec in self.names.items()
            if not name.startswith("deal.")
        ]

    def read(self) -> Condition | None:
        """The condition as it was posted; None, with `problem` or errors in the rows, where it is none."""
        if not self.form.is_valid() or (self.form.cleaned_data["how"] == ROWS and not self.rows.is_valid()):
            self.problem = self.problem or _("The condition needs another look.")
            return None
        given = self.form.cleaned_data
        found = self._of_text(given["condition"]) if given["how"] == TEXT else self._of_rows(given["mode"])
        # Two ways to write the same rows: what nobody changed stays as it was written.
        return self.before if found and self.before and same(found, self.before) else found

    def _of_text(self, text: str) -> Condition | None:
        try:
            if text.strip():
                return parse(text)
            self.problem = _("Say when a text stands on this rung.")
        except BadCondition as error:
            self.problem = str(error)
        except RecursionError:
            self.problem = _("The condition is nested too deeply.")
        return None

    def _of_rows(self, mode: str) -> Condition | None:
        filled = [
            form
            for form in self.rows.forms
            if form.has_changed_or_initial() and not form.cleaned_data.get("DELETE")
        ]
        try:
            return condition_of(mode, [form.row() for form in filled], self.names)
        except BadRows as error:
            for number, message in error.wrong.items():
                if number < len(filled):
                    filled[number].add_error(None, message)
                else:
                    self.problem = message
        return None

    def words(self) -> str:
        """The condition in words, as it stands in the form now; empty where it cannot be said."""
        found = self.read() if self.form.is_bound else self.before
        return describe(found, self.specs) if found is not None else ""

    def complaint(self) -> str:
        """Why the condition cannot be said yet, rows included; only after it was read."""
        rows = [str(error) for form in self.rows.forms for error in form.non_field_errors()]
        return "; ".join(rows) or self.problem

    def hush(self) -> None:
        """No complaints about what is still being written."""
        quiet(self.form)
        for form in self.rows.forms:
            quiet(form)


def _fits(row: Row, names: Mapping[str, Spec]) -> bool:
    spec = names.get(row.name)
    return spec is not None and row.op in FITS[spec.kind]
