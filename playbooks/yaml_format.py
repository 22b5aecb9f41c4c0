"""Playbooks as YAML files: loaded safely, mistakes named by line and field, exported in one canonical form.

Only plain scalars, lists and mappings are read: no tags, anchors or aliases (an alias is how a small file
becomes a huge one). Words such as yes, no, on and off stay words; numbers are read as exact decimals.
"""

from decimal import Decimal
from typing import Any

import yaml

from playbooks.data_form import playbook_data
from playbooks.fields import BadPlaybook, Mistake
from playbooks.rules import Playbook
from playbooks.schema import read_playbook

MAX_BYTES = 1_000_000
MAX_NODES = 100_000
MAX_DEPTH = 30


# libyaml's own loader where the package was built with it, ten times as fast and equally safe.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(text: str | bytes) -> Playbook:
    """The playbook a YAML file describes. Raises BadPlaybook naming line and field."""
    size = len(text.encode() if isinstance(text, str) else text)
    if size > MAX_BYTES:
        raise BadPlaybook([Mistake("file", f"is larger than {MAX_BYTES:,} bytes")])
    data, lines = read_data(text)
    return read_playbook(data, lines)


def read_data(text: str | bytes) -> tuple[Any, dict[str, int]]:
    """Plain data and the line of each path. Raises BadPlaybook on broken YAML or on what is not allowed."""
    try:
        _refuse_aliases(text)
        node = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as error:
        raise BadPlaybook([_broken(error)]) from error
    except UnicodeDecodeError as error:
        raise BadPlaybook([Mistake("file", "is not UTF-8 text")]) from error
    lines: dict[str, int] = {}
    return (None if node is None else _plain(node, "", lines, 0)), lines


def dump(playbook: Playbook) -> str:
    """The canonical YAML of a playbook; `load(dump(p)) == p`, and equal playbooks give equal text."""
    return yaml.dump(
        playbook_data(playbook),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=110,
        default_flow_style=False,
    )


def _broken(error: yaml.YAMLError) -> Mistake:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    return Mistake("file", f"is not YAML: {problem}", mark.line + 1 if mark else None)


def _refuse_aliases(text: str | bytes) -> None:
    """Reads the event stream first, so that a bomb is refused before anything is built from it."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=Loader)):
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise BadPlaybook([Mistake("file", "anchors and aliases (& and *) are not allowed", line)])
        if tag := getattr(event, "tag", None):
            raise BadPlaybook([Mistake("file", f"the tag {tag} is not allowed", line)])
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH or count > MAX_NODES:
            raise BadPlaybook([Mistake("file", "is nested too deeply or has too many entries", line)])


def _plain(node: yaml.Node, path: str, lines: dict[str, int], depth: int) -> Any:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines, depth)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, f"{path}[{n}]", lines, depth + 1) for n, item in enumerate(node.value)]
    return _scalar(node)


def _mapping(node: yaml.MappingNode, path: str, lines: dict[str, int], depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        inner = f"{path}.{key}" if path else key
        if not isinstance(key_node, yaml.ScalarNode) or key in found:
            raise BadPlaybook(
                [Mistake(inner, "the same field stands here twice", key_node.start_mark.line + 1)]
            )
        found[key] = _plain(value_node, inner, lines, depth + 1)
        lines[inner] = key_node.start_mark.line + 1
    return found


def _scalar(node: yaml.Node) -> Any:
    text = str(node.value)
    if node.tag.endswith(":null"):
        return None
    if node.tag.endswith(":bool") and text.lower() in {"true", "false"}:
        return text.lower() == "true"
    # A number of that many digits is no amount; as text it meets the field's own sentence.
    if node.tag.endswith(":int") and text.lstrip("-").isdecimal() and len(text) <= 18:
        return int(text)
    if node.tag.endswith(":float") and text.replace(".", "", 1).lstrip("-").isdigit():
        return Decimal(text)
    return text


class _Dumper(yaml.SafeDumper):
    """Block style, long texts folded by quotes, lists indented under their field."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True
