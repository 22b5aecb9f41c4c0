"""The rows of playbooks, each subject in its own module."""

from playbooks.models.playbooks import Playbook, PlaybookVersion, VersionQuerySet

__all__ = ["Playbook", "PlaybookVersion", "VersionQuerySet"]
