"""Repeated parts of a form: as many lines as there are and an empty one, which without a script is added by a
button of the form itself."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

MOST = 60


def formset(
    form: type[forms.Form],
    *,
    prefix: str,
    data: MultiValueDict[str, Any] | None,
    initial: Sequence[Mapping[str, Any]] = (),
    empty: int = 0,
    **kwargs: Any,
) -> Any:
    """A bound set where `data` is given, else one with `initial` and `empty` more lines."""
    made = forms.formset_factory(form, extra=empty, can_delete=True, max_num=MOST, absolute_max=MOST)
    return made(data, initial=[dict(row) for row in initial], prefix=prefix, form_kwargs=kwargs)


def with_more(data: QueryDict, prefix: str) -> QueryDict:
    """What was posted, and one more empty line in the set of this prefix."""
    more = data.copy()
    name = f"{prefix}-TOTAL_FORMS"
    count = more.get(name, "0")
    more[name] = str(min(int(count) + 1, MOST)) if str(count).isdecimal() and len(str(count)) < 4 else "1"
    return more


def lines(made: Any) -> list[dict[str, Any]]:
    """The cleaned lines that were filled in and not taken out."""
    return [
        form.cleaned_data
        for form in made.forms
        if getattr(form, "cleaned_data", None)
        and form.has_changed_or_initial()
        and not form.cleaned_data.get("DELETE")
    ]


def quiet(form: forms.BaseForm) -> None:
    """Show what was typed without complaints: it was not meant to be saved yet."""
    # Django has no public way to drop the errors of a bound form.
    form._errors = ErrorDict()  # type: ignore[attr-defined]


class Line(forms.Form):
    """One line of a set. A line with nothing in it is no line."""

    essential: tuple[str, ...] = ()
    """The fields that make it a line; without any of them the rest is only what the form came with."""

    def has_changed_or_initial(self) -> bool:
        cleaned = getattr(self, "cleaned_data", {})
        return any(cleaned.get(name) not in (None, "", [], ()) for name in self.essential)
