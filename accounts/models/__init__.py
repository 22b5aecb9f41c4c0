"""People, organisations, the files they store and the record of what they did."""

from accounts.models.api import ApiRequest
from accounts.models.audit import AuditEntry, AuditHead, AuditPersonal
from accounts.models.base import TenantModel, TenantRow, Versioned
from accounts.models.files import StoredFile
from accounts.models.organisations import Membership, Organisation, Role, Team
from accounts.models.people import ApiToken, Guest, Notification, User

__all__ = [
    "ApiRequest",
    "ApiToken",
    "AuditEntry",
    "AuditHead",
    "AuditPersonal",
    "Guest",
    "Membership",
    "Notification",
    "Organisation",
    "Role",
    "StoredFile",
    "Team",
    "TenantModel",
    "TenantRow",
    "User",
    "Versioned",
]
