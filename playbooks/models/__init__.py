"""The rows of playbooks, each subject in its own module."""

from playbooks.models.draft_reviews import Answer, DraftReview
from playbooks.models.imports import ImportState, TableImport
from playbooks.models.library import LibraryClause, LibraryClauseVersion, Standing
from playbooks.models.playbooks import Playbook, PlaybookVersion, VersionQuerySet

__all__ = [
    "Answer",
    "DraftReview",
    "ImportState",
    "LibraryClause",
    "LibraryClauseVersion",
    "Playbook",
    "PlaybookVersion",
    "Standing",
    "TableImport",
    "VersionQuerySet",
]
