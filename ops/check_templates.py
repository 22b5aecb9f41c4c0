"""Every template compiles, names only pages that exist, and holds nothing the content security policy blocks.

A page with inline script or style would pass a template test and be dead in a browser; this finds it first.
"""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.template import TemplateSyntaxError, engines
from django.urls import URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[1]
FORBIDDEN = {
    "a script in the page": re.compile(r"<script(?![^>]*\b(src=|type=\"application/json\"))", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\s(on[a-z]+|hx-on[:a-z-]*)\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"[\"']\s*javascript:", re.IGNORECASE),
    "something loaded from another host": re.compile(
        r"<(script|link|img|iframe|source)\b[^>]*\b(src|href)\s*=\s*[\"']?(https?:)?//", re.IGNORECASE
    ),
}
URL_TAG = re.compile(r"{%-?\s*url\s+[\"']([^\"']+)[\"']")
COMMENTS = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)


def faults(folder: Path, known_pages: set[str]) -> Iterator[str]:
    """A sentence for each fault of each template under `folder`, in the order of their names."""
    engine = engines["django"]
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        source = path.read_text(encoding="utf-8")
        try:
            engine.from_string(source)
        except TemplateSyntaxError as problem:
            yield f"{name}: {problem}"
        shown = COMMENTS.sub(lambda comment: "\n" * comment.group().count("\n"), source)
        for page in sorted(set(URL_TAG.findall(shown)) - known_pages):
            yield f"{name}: there is no page {page!r}"
        if path.suffix == ".html":
            for fault, pattern in FORBIDDEN.items():
                for match in pattern.finditer(shown):
                    yield f"{name}:{shown.count(chr(10), 0, match.start()) + 1}: {fault}"


def page_names(resolver: URLResolver, namespace: str = "") -> set[str]:
    """Every name a {% url %} tag may use, with its namespace."""
    names = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            names |= page_names(entry, inner)
        elif entry.name:
            names.add(f"{namespace}{entry.name}")
    return names


def main() -> int:
    """Print the faults; the exit code is 0 where there are none."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    found = list(faults(ROOT / "templates", page_names(get_resolver())))
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
