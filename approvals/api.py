"""Approval requests over the API: read the queue, decide."""

import uuid as uuids
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import APPROVE, VIEW
from accounts.api_auth import caller
from accounts.idempotency import KEY_PARAMETER, idempotent
from approvals.access import get_request, requests_visible_to
from approvals.models import ApprovalRequest, ApprovalStep, RequestState
from approvals.notes import step_name, why_asked
from approvals.services import decisions
from negotiation.models import Contract, Negotiation


class StepSerializer(serializers.ModelSerializer[ApprovalStep]):
    who = serializers.SerializerMethodField()
    why = serializers.SerializerMethodField()
    decided_by = serializers.SerializerMethodField()
    condition = serializers.SerializerMethodField()
    comment = serializers.SerializerMethodField()

    class Meta:
        model = ApprovalStep
        fields = ["who", "why", "state", "decided_by", "condition", "comment"]

    def get_who(self, step: ApprovalStep) -> str:
        return step_name(step)

    def get_why(self, step: ApprovalStep) -> str:
        return why_asked(step)

    def get_decided_by(self, step: ApprovalStep) -> str:
        return step.decision.by.user.name if hasattr(step, "decision") else ""

    def get_condition(self, step: ApprovalStep) -> str:
        return step.decision.condition if hasattr(step, "decision") else ""

    def get_comment(self, step: ApprovalStep) -> str:
        return step.decision.comment if hasattr(step, "decision") else ""


class ApprovalSerializer(serializers.ModelSerializer[ApprovalRequest]):
    negotiation: "serializers.SlugRelatedField[Negotiation]" = serializers.SlugRelatedField(
        slug_field="uuid", read_only=True
    )
    contract: "serializers.SlugRelatedField[Contract]" = serializers.SlugRelatedField(
        slug_field="uuid", read_only=True
    )
    requested_by = serializers.CharField(source="requested_by.user.name", read_only=True)
    title = serializers.CharField(read_only=True)
    steps = StepSerializer(many=True, read_only=True)

    class Meta:
        model = ApprovalRequest
        fields = [
            "uuid",
            "negotiation",
            "contract",
            "issue",
            "title",
            "rung",
            "is_unreadable",
            "risk",
            "before",
            "after",
            "reason",
            "requested_by",
            "state",
            "condition",
            "due_at",
            "decided_at",
            "created_at",
            "version",
            "steps",
        ]
        read_only_fields = fields


class DecideSerializer(serializers.Serializer[Any]):
    """`version` is the one the decision was made on; another is a 409."""

    outcome = serializers.ChoiceField(
        choices=[RequestState.APPROVED, RequestState.CONDITIONAL, RequestState.REJECTED]
    )
    version = serializers.IntegerField(min_value=1)
    condition = serializers.CharField(required=False, allow_blank=True, max_length=4_000, default="")
    comment = serializers.CharField(required=False, allow_blank=True, max_length=4_000, default="")


STATE = OpenApiParameter("state", enum=list(RequestState.values), description="Only requests in this state.")


@extend_schema_view(list=extend_schema(parameters=[STATE]))
class ApprovalViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[ApprovalRequest]
):
    """Requests of the deals the caller sees, newest first."""

    queryset = ApprovalRequest.objects.none()
    serializer_class = ApprovalSerializer
    lookup_field = "uuid"
    lookup_value_converter = "uuid"

    def get_queryset(self) -> Any:
        rows = requests_visible_to(caller(self.request))
        state = self.request.query_params.get("state")
        return rows.filter(state=state) if state in RequestState.values else rows

    def get_object(self) -> ApprovalRequest:
        return get_request(caller(self.request), self.kwargs["uuid"], VIEW)

    @extend_schema(request=DecideSerializer, responses={200: ApprovalSerializer}, parameters=[KEY_PARAMETER])
    @action(detail=True, methods=["post"])
    @idempotent
    def decide(self, request: Request, uuid: uuids.UUID) -> Response:
        """Approve, approve with a condition, or reject; 409 says who was faster."""
        row = get_request(caller(request), uuid, APPROVE)
        given = DecideSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        decisions.decide(
            request=row,
            outcome=data["outcome"],
            by=caller(request),
            seen=data["version"],
            condition=data["condition"],
            comment=data["comment"],
        )
        fresh = get_request(caller(request), uuid, VIEW)
        return Response(ApprovalSerializer(fresh).data)
