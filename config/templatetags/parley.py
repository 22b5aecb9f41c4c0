"""Template tags for every page; a builtin library, so templates use them without `{% load %}`.

Each tag's docstring shows its use. Parts with more than a line of HTML are in `templates/components/`.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.forms.boundfield import BoundWidget
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince, timeuntil
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from config.templatetags import _audit_words, _paper

register = template.Library()

# Currencies of ISO 4217 whose smaller unit is not a hundredth.
_DIGITS = {
    code: digits
    for digits, codes in {
        0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
        3: "BHD IQD JOD KWD LYD OMR TND",
    }.items()
    for code in codes.split()
}

# Clause and finding states: the word a person reads; the shape and the colour follow from the code.
MARKS: dict[str, str | Promise] = {
    "agreed": _("Agreed"),
    "open": _("Open"),
    "waiting": _("Waiting for approval"),
    "ours": _("Changed by us"),
    "theirs": _("Changed by them"),
    "missing": _("Missing"),
    "outside": _("Outside the playbook"),
    "fallback": _("Within a fallback"),
    "compliant": _("Within the playbook"),
    "unsure": _("Could not tell"),
    "silent": _("Not tracked"),
    "none": _("Nothing to decide"),
}

# Codes shown as a badge: word, tone, icon or mark.
BADGES: dict[str, tuple[str | Promise, str, str]] = {
    "high": (_("High"), "red", "mark-outside"),
    "medium": (_("Medium"), "amber", "mark-fallback"),
    "low": (_("Low"), "green", "mark-agreed"),
    "missing": (_("Missing"), "grey", "mark-missing"),
    "unsure": (_("Could not tell"), "grey", "mark-unsure"),
    "silent": (_("Not tracked"), "silent", "mark-silent"),
    "compliant": (_("Within the playbook"), "green", "mark-compliant"),
    "fallback": (_("Fallback"), "amber", "mark-fallback"),
    "outside": (_("Outside"), "red", "mark-outside"),
    "internal": (_("Internal"), "internal", "lock"),
    "external": (_("External"), "external", "globe"),
    "open": (_("Open"), "amber", "mark-open"),
    "agreed": (_("Agreed"), "green", "mark-agreed"),
    "waiting": (_("Waiting"), "amber", "mark-waiting"),
    "accepted": (_("Accepted"), "green", "check"),
    "edited": (_("Edited"), "green", "pencil"),
    "countered": (_("Countered"), "accent", "layers"),
    "asked": (_("Asked"), "amber", "circle-question-mark"),
    "conceded": (_("Conceded"), "amber", "check"),
    "reserved": (_("Reserved"), "amber", "clock"),
    "held": (_("Held"), "grey", "clock"),
    "dismissed": (_("Dismissed"), "grey", "x"),
    "approved": (_("Approved"), "green", "check"),
    "approved_with_condition": (_("Approved with condition"), "green", "check"),
    "rejected": (_("Rejected"), "red", "x"),
    "withdrawn": (_("Withdrawn"), "grey", "rotate-ccw"),
    "overdue": (_("Overdue"), "red", "triangle-alert"),
    "due": (_("Due"), "amber", "clock"),
    "due_soon": (_("Due soon"), "amber", "clock"),
    "pending": (_("Pending"), "grey", "mark-missing"),
    "planned": (_("Planned"), "green", "calendar"),
    "fulfilled": (_("Fulfilled"), "green", "check"),
    "waived": (_("Waived"), "grey", "ban"),
    "cancelled": (_("Cancelled"), "grey", "x"),
    "breached": (_("Breached"), "red", "triangle-alert"),
    "no_owner": (_("No owner"), "red", "user"),
    "draft": (_("Draft"), "grey", "pencil"),
    "published": (_("Published"), "green", "check"),
    "archived": (_("Archived"), "grey", "archive"),
    "processing": (_("Being read"), "accent", "hourglass"),
    "queued": (_("Waiting to start"), "grey", "hourglass"),
    "ready": (_("Ready"), "green", "check"),
    "failed": (_("Failed"), "red", "triangle-alert"),
    "sent": (_("Sent"), "accent", "send"),
    "viewed": (_("Opened"), "accent", "eye"),
    "signed": (_("Signed"), "green", "signature"),
    "declined": (_("Declined"), "red", "x"),
    "executed": (_("Executed"), "green", "lock"),
    "not_sent": (_("Not sent"), "grey", "mail"),
}


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """`{% icon "send" %}` beside a word; `{% icon "x" label="Close" %}` alone; `size="s"` is smaller."""
    return _use(name, f"icon icon-{size}" if size else "icon", label)


@register.simple_tag
def rung_help() -> SafeString:
    """`{% rung_help %}`: the word "rung" with what it means on hover and to a screen reader."""
    meaning = gettext("One step of an issue's ladder in the playbook: what we prefer, then each fallback")
    return format_html('<abbr title="{}">{}</abbr>', meaning, gettext("rung"))


@register.simple_tag
def state_mark(code: str, word: str = "", show: bool = False) -> SafeString:
    """`{% state_mark clause.state %}`: shape, colour, word (on hover; `show=True` puts it beside)."""
    said = word or MARKS.get(code, code)
    mark = _use(f"mark-{code}", f"mark mark-{code}", "")
    if show:
        return format_html('<span class="state-word">{}<span>{}</span></span>', mark, said)
    return format_html(
        '<span class="state-mark" title="{}">{}<span class="visually-hidden">{}</span></span>',
        said,
        mark,
        said,
    )


@register.simple_tag
def state(code: str, word: str = "") -> SafeString:
    """`{% state obligation.state %}`: the badge of a known code (see `BADGES`) or of your own word."""
    known, tone, shape = BADGES.get(code, (code, "grey", ""))
    return _badge(word or known, tone, shape)


@register.simple_tag
def badge(text: str, tone: str = "grey", shape: str = "") -> SafeString:
    """`{% badge "Turn 4" "accent" "send" %}`; tones: grey accent red amber green silent internal external."""
    return _badge(text, tone, shape)


@register.simple_tag
def risk(level: str) -> SafeString:
    """`{% risk finding.severity %}`: High, Medium, Low, Missing, Could not tell or Not tracked."""
    return state(level)


@register.simple_tag
def avatar(name: str, side: str = "ours") -> SafeString:
    """`{% avatar person.name %}`: initials in a disc; side is ours, theirs or system."""
    return format_html(
        '<span class="avatar {}" title="{}"><span aria-hidden="true">{}</span>'
        '<span class="visually-hidden">{}</span></span>',
        side,
        name,
        _paper.letters(name),
        name,
    )


@register.filter
def money(minor: int | None, currency: str = "") -> str:
    """`{{ deal.value_minor|money:deal.currency }}`: minor units and ISO code → "EUR 62,500", "EUR 0.40"."""
    if minor is None:
        return "–"
    digits = _DIGITS.get(currency, 2)
    unit = 10**digits
    whole, rest = divmod(abs(minor), unit)
    amount = f"{whole:,}" + (f".{rest:0{digits}d}" if rest else "")
    sign = "−" if minor < 0 else ""
    return f"{currency} {sign}{amount}".strip()


@register.filter
def deed(action: str) -> str:
    """`{{ entry.action|deed }}`: what an audit entry's code says, "turn.sent" → "sent a turn"."""
    return _audit_words.sentence(action)


@register.simple_tag
def day(value: date | datetime | None, empty: str = "–") -> SafeString | str:
    """`{% day obligation.due_on %}`: "21 Nov 2026" in the reader's zone, the raw value in `title`."""
    return _time(value, "j M Y", empty)


@register.simple_tag
def moment(value: datetime | None, empty: str = "–") -> SafeString | str:
    """`{% moment version.sent_at %}`: "21 Nov 2026, 14:05" in the reader's zone, the raw value in `title`."""
    return _time(value, "j M Y, H:i", empty)


@register.simple_tag
def ago(value: datetime | None, empty: str = "–") -> SafeString | str:
    """`{% ago version.sent_at %}`: "2 days ago" or "in 3 hours", the raw value in `title`."""
    if value is None:
        return empty
    past = value <= timezone.now()
    distance = (timesince if past else timeuntil)(value, depth=1)
    said = _("%(time)s ago") if past else _("in %(time)s")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        value.isoformat(),
        _raw(value),
        str(said) % {"time": distance},
    )


@register.simple_tag
def redline(
    pieces: Iterable[Any],
    sides: Mapping[str, str] | None = None,
    side: str = "ours",
    highlights: Iterable[Any] = (),
) -> SafeString:
    """`{% redline block.pieces sides=sides highlights=block.highlights %}`; also of `redline.word_diff`."""
    return _paper.render(pieces or (), sides=sides or None, side=side or "ours", highlights=highlights or ())


@register.filter
def grouped(blocks: Iterable[Any]) -> list[_paper.Group]:
    """`{% for group in blocks|grouped %}`: `group.block`, or `group.rows` of cells (tuples of blocks)."""
    return _paper.grouped(blocks)


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, label: str = "") -> dict[str, Any]:
    """`{% field form.title %}`: label, control, help and errors, joined for assistive technology."""
    widget = bound.field.widget
    described = [f"{bound.auto_id}_help"] if bound.help_text else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    attributes: dict[str, Any] = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    is_group = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    return {
        "bound": bound,
        "label": label or bound.label,
        "control": bound.as_widget(attrs=attributes),
        "is_group": is_group,
        "is_many": isinstance(widget, CheckboxSelectMultiple),
        "is_check": isinstance(widget, CheckboxInput),
        "described": " ".join(described),
        "choices": list(bound.subwidgets) if is_group else list[BoundWidget](),
    }


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """`{% form_errors form %}`: what is wrong with the form as a whole, and how many fields need a look."""
    return {"form": form, "wrong": [form[name] for name in form.errors if name != "__all__"]}


@register.inclusion_tag("components/ladder.html")
def ladder(rungs: Iterable[Any]) -> dict[str, Any]:
    """`{% ladder rungs %}`, best first: name, text, kind (free approval walkaway), needs, asked, stands."""
    return {"rungs": list(rungs)}


@register.inclusion_tag("components/steps.html")
def steps(items: Iterable[Any]) -> dict[str, Any]:
    """`{% steps job_steps %}`: each label, state (done, now, todo, failed) and optional detail."""
    return {"steps": list(items)}


@register.inclusion_tag("components/stat.html")
def stat(label: str, number: Any, url: str = "", tone: str = "", detail: str = "") -> dict[str, Any]:
    """`{% stat "Overdue" 4 url="?state=overdue" tone="red" %}`: a number that opens the records behind it."""
    return {"label": label, "number": number, "url": url, "tone": tone, "detail": detail}


@register.inclusion_tag("components/empty.html")
def empty(shape: str, title: str, text: str, url: str = "", action: str = "") -> dict[str, Any]:
    """`{% empty "handshake" "No negotiations yet" "What this is for." url=new_url action="Start one" %}`."""
    return {"shape": shape, "title": title, "text": text, "url": url, "action": action}


@register.inclusion_tag("components/chips.html")
def chips(items: Iterable[Any], label: str = "") -> dict[str, Any]:
    """`{% chips filters label="Filter" %}`: each label, url, active and optional count."""
    return {"items": list(items), "label": label}


@register.inclusion_tag("components/segments.html")
def segments(items: Iterable[Any], label: str = "") -> dict[str, Any]:
    """`{% segments views label="View" %}`, one choice of a few: each label, url, active, optional count."""
    return {"items": list(items), "label": label}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: Mapping[str, Any], page: Any) -> dict[str, Any]:
    """`{% pager page %}`: previous and next of a `django.core.paginator.Page`, keeping the filters."""
    return {"page": page, "request": context.get("request")}


@register.inclusion_tag("components/bars.html")
def bars(items: Iterable[Any], label: str) -> dict[str, Any]:
    """`{% bars months label="Renewals by month" %}`: bars, each label, number and url of its records."""
    rows = list(items)
    width, height, step = 320, 150, 320 // max(len(rows), 1)
    tallest = max([_paper.attribute(row, "number") for row in rows], default=0) or 1
    drawn = [
        {
            "label": _paper.attribute(row, "label"),
            "number": _paper.attribute(row, "number"),
            "url": _paper.attribute(row, "url"),
            "x": at * step + step // 6,
            "width": step - step // 3,
            "height": (tall := _paper.attribute(row, "number") * 100 // tallest),
            "y": 122 - tall,
            "over": 116 - tall,
            "middle": at * step + step // 2,
        }
        for at, row in enumerate(rows)
    ]
    return {"bars": drawn, "width": width, "height": height, "base": 142, "label": label}


def _use(name: str, classes: str, label: str) -> SafeString:
    href = f"{static('icons/sprite.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>', classes, label, href
        )
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', classes, href
    )


def _badge(text: str | Promise, tone: str, shape: str) -> SafeString:
    mark = _use(shape, "mark" if shape.startswith("mark-") else "icon", "") if shape else ""
    return format_html('<span class="badge {}">{}{}</span>', tone, mark, text)


def _time(value: date | datetime | None, pattern: str, missing: str) -> SafeString | str:
    if value is None:
        return missing
    local = timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        value.isoformat(),
        _raw(value),
        formats.date_format(local, pattern),
    )


def _raw(value: date | datetime) -> str:
    return value.isoformat(" ", "seconds") if isinstance(value, datetime) else value.isoformat()
