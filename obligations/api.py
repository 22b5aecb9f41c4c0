"""Obligations over the API: read them, record that one was performed or waived."""

import uuid as uuids
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import OPERATE, VIEW
from accounts.api_auth import caller
from accounts.idempotency import KEY_PARAMETER, idempotent
from negotiation.models import Contract
from obligations.access import get_obligation, obligations_visible_to
from obligations.models import Obligation, ObligationState
from obligations.services import performance
from obligations.services.evidence import LONGEST_NAME, Evidence
from obligations.services.mapping import describe_rule


class ObligationSerializer(serializers.ModelSerializer[Obligation]):
    contract: "serializers.SlugRelatedField[Contract]" = serializers.SlugRelatedField(
        slug_field="uuid", read_only=True
    )
    negotiation = serializers.UUIDField(source="contract.negotiation.uuid", read_only=True)
    owner = serializers.CharField(source="owner.user.name", read_only=True, default=None, allow_null=True)
    due_rule = serializers.SerializerMethodField()

    class Meta:
        model = Obligation
        fields = [
            "uuid",
            "negotiation",
            "contract",
            "issue",
            "rung",
            "title",
            "detail",
            "quote",
            "bearer",
            "owner",
            "due_on",
            "zone",
            "due_rule",
            "repeats_months",
            "state",
            "created_at",
            "version",
        ]
        read_only_fields = fields

    def get_due_rule(self, row: Obligation) -> str:
        return describe_rule(row.due_rule)


class FulfilSerializer(serializers.Serializer[Any]):
    """`version` is the one the record is about; another is a 409. A waiver needs `evidence` (the reason), a
    performance `evidence` or `file`."""

    outcome = serializers.ChoiceField(
        choices=[ObligationState.FULFILLED, ObligationState.WAIVED], default=ObligationState.FULFILLED
    )
    evidence = serializers.CharField(max_length=4_000, required=False, allow_blank=True, default="")
    file = serializers.FileField(
        required=False, max_length=LONGEST_NAME, help_text="What shows it; sent as multipart/form-data."
    )
    version = serializers.IntegerField(min_value=1)


STATE = OpenApiParameter("state", enum=list(ObligationState.values), description="Only those in this state.")


@extend_schema_view(list=extend_schema(parameters=[STATE]))
class ObligationViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Obligation]
):
    """Obligations of the contracts the caller sees, newest first."""

    queryset = Obligation.objects.none()
    serializer_class = ObligationSerializer
    lookup_field = "uuid"
    lookup_value_converter = "uuid"

    def get_queryset(self) -> Any:
        rows = obligations_visible_to(caller(self.request))
        state = self.request.query_params.get("state")
        return rows.filter(state=state) if state in ObligationState.values else rows

    def get_object(self) -> Obligation:
        return get_obligation(caller(self.request), self.kwargs["uuid"], VIEW)

    @extend_schema(
        request={"application/json": FulfilSerializer, "multipart/form-data": FulfilSerializer},
        responses={200: ObligationSerializer},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def fulfil(self, request: Request, uuid: uuids.UUID) -> Response:
        """Record it as performed or waived; a repeating duty moves to its next date."""
        row = get_obligation(caller(request), uuid, OPERATE)
        given = FulfilSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        performance.record_outcome(
            obligation=row,
            outcome=data["outcome"],
            evidence=data["evidence"],
            by=caller(request),
            seen=data["version"],
            file=Evidence.of(data.get("file")),
        )
        return Response(ObligationSerializer(row).data)
