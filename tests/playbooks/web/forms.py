"""A page's form as a browser would send it back: every field of the first form that has the token."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    """The fields of each POST form of a page, in order."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.forms, self.form, self.select, self.area = [], None, None, None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.form = {}
            self.forms.append((given, self.form))
        elif self.form is None:
            return
        elif tag == "input":
            self._input(given)
        elif tag == "textarea":
            self.area = given.get("name")
            self.form.setdefault(self.area, []).append("")
            self.fresh = True
        elif tag == "select":
            self.select, self.first = given.get("name"), True
        elif tag == "option" and self.select:
            if self.first or "selected" in given:
                self.form[self.select] = [given.get("value", "")]
            self.first = False

    def _input(self, given):
        kind, name = given.get("type", "text"), given.get("name")
        if not name or (kind in ("checkbox", "radio") and "checked" not in given):
            return
        self.form.setdefault(name, []).append(given.get("value", "on" if kind == "checkbox" else ""))

    def handle_data(self, data):
        if self.area:
            # A browser drops the line end that stands right behind the opening tag.
            text = data[1:] if self.fresh and data.startswith("\n") else data
            self.fresh = False
            self.form[self.area][-1] += text

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.form = None


def posted(response, *, having="digest"):
    """The fields of the last form of the page that has a field of this name and more than buttons."""
    reader = _Fields()
    reader.feed(response.content.decode())
    found = [form for _given, form in reader.forms if having in form]
    return max(found, key=len)
