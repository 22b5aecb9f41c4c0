"""What the template check finds, one line each."""

import pytest

from ops.check_templates import faults


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("<p>{% if x %}</p>", "Unclosed tag"),
        ("{% url 'nowhere' %}", "there is no page 'nowhere'"),
        ("<p>\n<script>go()</script>", ":2: a script in the page"),
        ("<style>p {}</style>", ":1: a style element"),
        ('<p class="a" style="color: red">', ":1: a style attribute"),
        ('<button onclick="go()">', ":1: an event attribute"),
        ('<button hx-on:click="go()">', ":1: an event attribute"),
        ('<a href="javascript:go()">', ":1: a javascript: address"),
        ('<img src="https://example.com/a.png">', ":1: something loaded from another host"),
        ('<link rel="stylesheet" href="//example.com/a.css">', ":1: something loaded from another host"),
    ],
)
def test_it_finds(tmp_path, source, fault):
    (tmp_path / "page.html").write_text(source)
    assert any(fault in found for found in faults(tmp_path, set()))


@pytest.mark.parametrize(
    "source",
    [
        "<script src=\"{% url 'known' %}\" defer></script>",
        '<script type="application/json" id="data">{}</script>',
        '<a href="https://example.com/">out</a>',
        "{# <style> #}<!-- <script>x</script> -->",
        '<p class="style">on time = now</p>',
    ],
)
def test_it_lets_pass(tmp_path, source):
    (tmp_path / "page.html").write_text(source)
    assert list(faults(tmp_path, {"known"})) == []
