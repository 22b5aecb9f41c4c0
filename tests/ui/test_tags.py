"""The template tags: what they show for ordinary and for odd values."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, engines
from django.test import RequestFactory
from django.utils import timezone

from config.templatetags import parley


def render(source: str, **context: object) -> str:
    template = engines["django"].from_string(source)
    return template.template.render(Context(context))


@pytest.mark.parametrize(
    ("minor", "currency", "said"),
    [
        (6250000, "EUR", "EUR 62,500"),
        (6250040, "EUR", "EUR 62,500.40"),
        (5, "USD", "USD 0.05"),
        (62500, "JPY", "JPY 62,500"),
        (62500, "KWD", "KWD 62.500"),
        (-1400000, "EUR", "EUR −14,000"),
        (0, "EUR", "EUR 0"),
        (None, "EUR", "–"),
        (100, "", "1"),
    ],
)
def test_money(minor: int | None, currency: str, said: str) -> None:
    assert parley.money(minor, currency) == said


def test_a_day_keeps_its_raw_value() -> None:
    assert (
        parley.day(date(2026, 11, 21)) == '<time datetime="2026-11-21" title="2026-11-21">21 Nov 2026</time>'
    )


def test_an_instant_is_shown_in_the_readers_zone() -> None:
    at = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    with timezone.override(ZoneInfo("Europe/Berlin")):
        assert ">22 Nov 2026, 00:30<" in parley.moment(at)
        assert ">22 Nov 2026<" in parley.day(at)


@pytest.mark.parametrize(("hours", "said"), [(-49, "2\xa0days ago"), (5.5, "in 5\xa0hours")])
def test_how_long_ago(hours: float, said: str) -> None:
    assert said in parley.ago(timezone.now() + timedelta(hours=hours))


@pytest.mark.parametrize("tag", ["day", "moment", "ago"])
def test_a_missing_date_is_a_dash(tag: str) -> None:
    assert render("{% " + tag + " value %}", value=None) == "–"


def test_a_state_has_a_word_and_a_shape() -> None:
    shown = render('{% state "overdue" %}')
    assert "Overdue" in shown
    assert "#triangle-alert" in shown
    assert render('{% state "unheard_of" %}').count("unheard_of") == 1


def test_a_mark_says_its_word_to_everybody() -> None:
    shown = render('{% state_mark "waiting" %}')
    assert 'title="Waiting for approval"' in shown
    assert '<span class="visually-hidden">Waiting for approval</span>' in shown


def test_text_given_to_a_tag_is_escaped() -> None:
    source = (
        "{% badge text %}{% avatar text %}{% stat text 1 %}{% state 'x' text %}{% state_mark 'open' text %}"
    )
    assert "<i>" not in render(source, text="<i>")


class Form(forms.Form):
    title = forms.CharField(help_text="As colleagues call it.")
    paper = forms.ChoiceField(choices=[("o", "Ours"), ("t", "Theirs")], widget=forms.RadioSelect)
    note = forms.CharField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


def test_a_field_ties_help_and_error_to_its_control() -> None:
    form = Form({"title": "", "version": "1"})
    shown = render("{% field form.title %}", form=form)
    assert 'aria-describedby="id_title_help id_title_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'id="id_title_error"' in shown
    assert '<label for="id_title">' in shown


def test_radio_buttons_stand_in_a_named_group() -> None:
    shown = render("{% field form.paper %}", form=Form())
    assert "<fieldset" in shown
    assert "<legend" in shown
    assert shown.count('type="radio"') == 2


def test_an_optional_field_says_so_and_a_hidden_one_nothing() -> None:
    assert "optional" in render("{% field form.note %}", form=Form())
    assert "label" not in render("{% field form.version %}", form=Form())


def test_a_form_with_errors_names_the_fields() -> None:
    shown = render("{% form_errors form %}", form=Form({}))
    assert 'role="alert"' in shown
    assert 'href="#id_title"' in shown
    assert render("{% form_errors form %}", form=Form()).strip() == ""


def test_pages_keep_the_filters() -> None:
    request = RequestFactory().get("/list?state=open&page=2")
    shown = render("{% pager page %}", page=Paginator(range(30), 10).page(2), request=request)
    assert "state=open&amp;page=3" in shown
    assert "11 to 20 of 30" in shown
    assert render("{% pager page %}", page=Paginator(range(3), 10).page(1), request=request).strip() == ""


def test_a_ladder_says_where_the_request_stands() -> None:
    rungs = [
        {"name": "Preferred", "text": "24 months", "kind": "free"},
        {"name": "Below", "text": "6 months", "kind": "approval", "needs": "CFO", "asked": True},
    ]
    shown = render("{% ladder rungs %}", rungs=rungs)
    assert "no approval" in shown
    assert "CFO" in shown
    assert shown.count("asked") == 2  # the class and the word


def test_bars_link_to_their_records_and_have_a_table() -> None:
    months = [{"label": "Dec", "number": 9, "url": "?m=12"}, {"label": "Jan", "number": 0, "url": "?m=1"}]
    shown = render('{% bars months label="Renewals" %}', months=months)
    assert shown.count('href="?m=12"') == 2
    assert "<table" in shown
    assert render('{% bars months label="None" %}', months=[])


@pytest.mark.parametrize(
    ("action", "said"), [("turn.sent", "sent a turn"), ("rate_card.changed", "rate card: changed")]
)
def test_an_audit_entry_reads_as_a_sentence(action: str, said: str) -> None:
    assert parley.deed(action) == said
