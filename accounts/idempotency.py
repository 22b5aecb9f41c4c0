"""`Idempotency-Key` on POST: the same request sent again gets the same answer and has no second effect.

1. The key is claimed by an insert in the transaction of the change itself. Of two requests at once the second
   waits for the first, and then finds its answer.
2. The same key with another method, path or body is a mistake of the caller: 422.
3. A request that failed leaves no claim, because it had no effect; it may be sent again with the same key.

After draft-ietf-httpapi-idempotency-key-header.
"""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import RawPostDataException
from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions, status
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api_auth import caller
from accounts.models import ApiRequest, Membership

Action = Callable[..., Response]

KEY_PARAMETER = OpenApiParameter(
    "Idempotency-Key",
    location=OpenApiParameter.HEADER,
    description="Any text of up to 200 characters. The same request sent again with it gets the same answer.",
)


class KeyReused(exceptions.APIException):
    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_detail = "This Idempotency-Key was used for another request."
    default_code = "idempotency_key_reused"


def idempotent(action: Action) -> Action:
    """For a POST method of an API view."""

    @wraps(action)
    def answered_once(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key", "").strip()
        if not key:
            return action(view, request, *args, **kwargs)
        if len(key) > 200:
            raise exceptions.ValidationError("An Idempotency-Key has at most 200 characters.")
        # Read before the view parses it; DRF keeps the body only until then.
        fingerprint = _fingerprint(request)
        with transaction.atomic():
            claim, is_new = _claim(caller(request), key, fingerprint)
            if not is_new:
                return _repeated(claim, fingerprint)
            response = action(view, request, *args, **kwargs)
            body = json.loads(JSONRenderer().render(response.data) or b"null")
            ApiRequest.objects.filter(pk=claim.pk).update(status=response.status_code, body=body)
        return response

    return answered_once


def _fingerprint(request: Request) -> str:
    try:
        body = request._request.body
    except RawPostDataException:
        # A form whose fields the CSRF check already read: its fields stand for its bytes.
        body = repr(sorted(request._request.POST.lists())).encode()
    parts = [(request.method or "").encode(), request.get_full_path().encode(), body]
    return hashlib.sha256(b"\n".join(parts)).hexdigest()


def _claim(member: Membership, key: str, fingerprint: str) -> tuple[ApiRequest, bool]:
    row = ApiRequest(organisation=member.organisation, member=member, key=key, fingerprint=fingerprint)
    # «on conflict do nothing»: an IntegrityError would break the transaction on PostgreSQL.
    ApiRequest.objects.bulk_create([row], ignore_conflicts=True)
    kept = ApiRequest.objects.get(member=member, key=key)
    return kept, kept.uuid == row.uuid


def _repeated(kept: ApiRequest, fingerprint: str) -> Response:
    if kept.fingerprint != fingerprint:
        raise KeyReused
    return Response(kept.body, status=kept.status, headers={"Idempotent-Replayed": "true"})
