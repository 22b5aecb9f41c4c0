"""What is written on one page of the editor: a form, and sets of lines beneath it."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from playbooks.authoring.forms.rows import quiet


class Editor:
    """A form with its sets of lines. `titles` says of each set its heading, what it is for and what its
    button adds; `problems` holds what belongs beside no field."""

    titles: ClassVar[Mapping[str, tuple[Any, Any, Any]]]

    def __init__(self, form: forms.Form, sets: Mapping[str, Any]) -> None:
        self.form, self.sets = form, dict(sets)
        self.problems: list[str] = []

    @property
    def parts(self) -> list[dict[str, Any]]:
        """The sets of lines as the page shows them."""
        return [
            {
                "name": name,
                "title": self.titles[name][0],
                "help": self.titles[name][1],
                "add": self.titles[name][2],
                "set": made,
            }
            for name, made in self.sets.items()
        ]

    def is_valid(self) -> bool:
        """Whether every field can be used; all are asked, so that each says what is wrong with it."""
        return all([self.form.is_valid(), *(made.is_valid() for made in self.sets.values())])

    def hush(self) -> None:
        """No complaints: the form was not sent to be saved."""
        quiet(self.form)
        for made in self.sets.values():
            for form in made.forms:
                quiet(form)
