"""The playbooks that ship with Parley, found by name without any database."""

from functools import cache
from pathlib import Path

from playbooks.fields import BadPlaybook, Mistake
from playbooks.rules import Playbook
from playbooks.yaml_format import load

SHIPPED = Path(__file__).parent / "shipped"


def shipped_names() -> tuple[str, ...]:
    """Names of the shipped playbooks, sorted."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.yaml")))


@cache
def shipped(name: str) -> Playbook:
    """A shipped playbook. KeyError for an unknown name."""
    if name not in shipped_names():
        raise KeyError(name)
    return load((SHIPPED / f"{name}.yaml").read_bytes())


def is_file(name: str) -> bool:
    """Whether this names a YAML file and not a playbook by its own name."""
    return Path(name).suffix in {".yaml", ".yml"}


def find(name: str) -> Playbook:
    """A shipped playbook by name, or the playbook in a YAML file. Raises KeyError or BadPlaybook."""
    if is_file(name):
        try:
            data = Path(name).read_bytes()
        except OSError as error:
            raise BadPlaybook([Mistake("file", f"cannot be read: {error.strerror}")]) from error
        return load(data)
    return shipped(name)
