"""A playbook's own settings, a new one, a copy, and what is said when it is published."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from playbooks.authoring.forms.editor import Editor
from playbooks.authoring.forms.rate_rows import BadRow, line_of, rows_of, text_of
from playbooks.authoring.forms.rows import Line, formset, lines
from playbooks.authoring.forms.words import FACT_KINDS
from playbooks.fields import Mistake

NAME = re.compile(r"[a-z][a-z0-9-]{1,60}")
LIST_NAME = re.compile(r"[A-Za-z_]\w{0,60}")


def _short_name(value: str) -> None:
    if not NAME.fullmatch(value):
        raise ValidationError(_("Use small letters, digits and hyphens, beginning with a letter."))


def _name_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=61,
        validators=[_short_name],
        help_text=gettext_lazy("How commands and files name it; it stays for good. For example our-nda."),
    )


class BookForm(forms.Form):
    """What the playbook is for. Contract type and side are what deals are matched by."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    contract_type = forms.CharField(
        label=gettext_lazy("Kind of contract"),
        max_length=60,
        widget=forms.TextInput(attrs={"list": "contract-types"}),
    )
    side = forms.CharField(
        label=gettext_lazy("Our side of it"),
        max_length=60,
        widget=forms.TextInput(attrs={"list": "sides"}),
        help_text=gettext_lazy("customer, provider, both …"),
    )
    description = forms.CharField(
        label=gettext_lazy("Objective"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The business aim it serves: the main one first, then the others."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note for those who use it"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    medium = forms.IntegerField(
        label=gettext_lazy("Risk is medium from a score of"), min_value=0, max_value=9999
    )
    high = forms.IntegerField(label=gettext_lazy("and high from"), min_value=0, max_value=9999)


class NamedLine(Line):
    """A line with a name that conditions use."""

    essential = ("name",)
    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=60)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip().replace(" ", "_")
        if name and not LIST_NAME.fullmatch(name):
            raise ValidationError(_("Use letters, digits and underscores."))
        return name


class ListForm(NamedLine):
    items = forms.CharField(
        label=gettext_lazy("Entries, one a line"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RatesForm(NamedLine):
    rows = forms.CharField(
        label=gettext_lazy("Rows, one a line"),
        required=False,
        max_length=40000,
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": "Senior consultant: EUR 1,450 per day"}),
        help_text=gettext_lazy(
            "Item, price and unit; rows of a spreadsheet can be pasted. Other names of an item stand behind"
            " it: (also: Lead consultant)."
        ),
    )
    in_use = forms.BooleanField(
        label=gettext_lazy("These are our prices: compare contracts with them"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and self.add_prefix("name") not in self.data:
            # A line that was just added: whoever types prices mostly means their own.
            given = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, where it is bound
            given[self.add_prefix("in_use")] = "on"
            self.data = given

    def clean_rows(self) -> list[dict[str, Any]]:
        try:
            return rows_of(self.cleaned_data["rows"])
        except BadRow as error:
            raise ValidationError(list(error.says)) from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("rows") and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Give the rate card the name that conditions use, such as “ours”."))
        return cleaned


class FactForm(NamedLine):
    kind = forms.ChoiceField(label=gettext_lazy("It is"), required=False, choices=FACT_KINDS)


TITLES: Mapping[str, tuple[Any, Any, Any]] = {
    "lists": (
        gettext_lazy("Lists"),
        gettext_lazy("Words that conditions name together, such as the laws we accept."),
        gettext_lazy("Add a list"),
    ),
    "facts": (
        gettext_lazy("Facts of the deal of its own"),
        gettext_lazy("What conditions ask about a deal beyond the facts every deal has."),
        gettext_lazy("Add a fact"),
    ),
    "rates": (
        gettext_lazy("Rate cards"),
        gettext_lazy(
            "Prices that conditions name: “each rate is at most RATES.ours + 5%”. No contract is compared"
            " with a card that is empty or not in use."
        ),
        gettext_lazy("Add a rate card"),
    ),
}


class BookEditor(Editor):
    """The settings of a playbook as form and sets of lines."""

    titles = TITLES

    def __init__(self, data: Mapping[str, Any], posted: MultiValueDict[str, Any] | None = None) -> None:
        self.issues: Sequence[Mapping[str, Any]] = data.get("issues", ())
        thresholds = data.get("thresholds", {})
        initial = {
            name: data.get(name, "") for name in ("title", "contract_type", "side", "description", "note")
        }
        initial |= {"medium": thresholds.get("medium", 25), "high": thresholds.get("high", 60)}
        lists = [{"name": name, "items": "\n".join(items)} for name, items in data.get("lists", {}).items()]
        facts = [{"name": name, "kind": kind} for name, kind in data.get("deal_facts", {}).items()]
        rates = [
            {"name": name, "rows": text_of(card.get("rows", ())), "in_use": card.get("in_use", True)}
            for name, card in data.get("rates", {}).items()
        ]
        super().__init__(
            BookForm(posted, initial=initial),
            {
                "lists": formset(ListForm, prefix="lists", data=posted, initial=lists),
                "facts": formset(FactForm, prefix="facts", data=posted, initial=facts),
                "rates": formset(RatesForm, prefix="rates", data=posted, initial=rates),
            },
        )

    def data(self) -> dict[str, Any]:
        given = self.form.cleaned_data
        return {
            **{name: given[name] for name in ("title", "contract_type", "side", "description", "note")},
            "thresholds": {"medium": given["medium"], "high": given["high"]},
            "lists": {line["name"]: _entries(line["items"]) for line in lines(self.sets["lists"])},
            "deal_facts": {line["name"]: line["kind"] or "word" for line in lines(self.sets["facts"])},
            "rates": {line["name"]: _card(line) for line in lines(self.sets["rates"])},
        }

    def take(self, mistakes: Iterable[Mistake]) -> None:
        for mistake in mistakes:
            if mistake.field in self.form.fields:
                self.form.add_error(mistake.field, mistake.message)
            elif mistake.field == "thresholds":
                self.form.add_error("medium", mistake.message)
            elif (line := self._card_of(mistake.field)) is not None:
                line.add_error("rows", _of_row(line, mistake))
            else:
                self.problems.append(f"{self._place_of(mistake.field)}: {mistake.message}")

    def _place_of(self, path: str) -> str:
        """The issue and the position that a mistake belongs to, by their titles."""
        place = re.match(r"issues\[(\d+)\](?:\.rungs\[(\d+)\])?", path)
        if place is None or int(place[1]) >= len(self.issues):
            return path
        issue = self.issues[int(place[1])]
        rungs = issue["rungs"] if place[2] else []
        return f"{issue['title']} · {rungs[int(place[2])]['label']}" if rungs else str(issue["title"])

    def _card_of(self, path: str) -> forms.Form | None:
        """The line of the rate card that a mistake belongs to."""
        name = path.removeprefix("rates.").partition(".")[0] if path.startswith("rates.") else ""
        cards = [form for form in self.sets["rates"].forms if name and form.is_valid()]
        return next((form for form in cards if form.cleaned_data.get("name") == name), None)


def _of_row(line: forms.Form, mistake: Mistake) -> str:
    """What is wrong with a row of a card, with the row."""
    place = re.search(r"\.rows\[(\d+)\]", mistake.field)
    rows = line.cleaned_data.get("rows") or []
    if place is None or int(place[1]) >= len(rows):
        return mistake.message
    return f"“{line_of(rows[int(place[1])])}”: {mistake.message}"


def _card(line: Mapping[str, Any]) -> dict[str, Any]:
    return {"rows": line["rows"]} if line["in_use"] else {"in_use": False, "rows": line["rows"]}


def _entries(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class NewBookForm(forms.Form):
    """A playbook from nothing: what it is for; its first issue is chosen next."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    name = _name_field(gettext_lazy("Short name"))
    contract_type = forms.CharField(
        label=gettext_lazy("Kind of contract"),
        max_length=60,
        widget=forms.TextInput(attrs={"list": "contract-types"}),
    )
    side = forms.CharField(
        label=gettext_lazy("Our side of it"), max_length=60, widget=forms.TextInput(attrs={"list": "sides"})
    )
    description = forms.CharField(
        label=gettext_lazy("Objective"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    topic = forms.ChoiceField(label=gettext_lazy("First issue"))

    def __init__(self, *args: Any, topics: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = list(topics)  # type: ignore[attr-defined]


class CopyForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title of the copy"), max_length=200)
    name = _name_field(gettext_lazy("Short name of the copy"))


class AskForm(forms.Form):
    """Who is asked to look at the draft, and what to look for."""

    colleague = forms.ChoiceField(label=gettext_lazy("Ask"))
    question = forms.CharField(
        label=gettext_lazy("What should they look at?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, colleagues: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colleague"].choices = list(colleagues)  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=[
            ("agrees", gettext_lazy("I agree: it may be published")),
            ("objects", gettext_lazy("I object: it should not be published like this")),
        ],
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
