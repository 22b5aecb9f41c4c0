"""The rows of playbooks, each subject in its own module."""

from playbooks.models.draft_reviews import Answer, DraftReview
from playbooks.models.playbooks import Playbook, PlaybookVersion, VersionQuerySet

__all__ = ["Answer", "DraftReview", "Playbook", "PlaybookVersion", "VersionQuerySet"]
