"""Negotiations over the API: deals, contracts, versions and findings; deciding one, uploading a version."""

import uuid as uuids
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

import redline
from accounts.access import EDIT, REQUEST, VIEW
from accounts.api_auth import caller
from accounts.idempotency import KEY_PARAMETER, idempotent
from negotiation.access import (
    contracts_visible_to,
    findings_visible_to,
    get_contract,
    get_finding,
    get_negotiation,
    get_version,
    negotiations_visible_to,
    versions_visible_to,
)
from negotiation.models import Contract, Finding, Negotiation, Side, Version, VersionState
from negotiation.services import draft, mistakes, versions
from negotiation.words import LONGEST_PARAGRAPH, LONGEST_REASON


class SideSerializer(serializers.ModelSerializer[Side]):
    class Meta:
        model = Side
        fields = ["name", "is_ours"]


class NegotiationSerializer(serializers.ModelSerializer[Negotiation]):
    owner = serializers.CharField(source="owner.user.name", read_only=True)
    sides = SideSerializer(many=True, read_only=True)

    class Meta:
        model = Negotiation
        fields = [
            "uuid",
            "title",
            "kind",
            "stage",
            "owner",
            "sides",
            "objectives",
            "value_minor",
            "currency",
            "term_months",
            "law",
            "created_at",
            "version",
        ]
        read_only_fields = fields


class ContractSerializer(serializers.ModelSerializer[Contract]):
    negotiation: "serializers.SlugRelatedField[Negotiation]" = serializers.SlugRelatedField(
        slug_field="uuid", read_only=True
    )
    playbook = serializers.SerializerMethodField()

    class Meta:
        model = Contract
        fields = [
            "uuid",
            "negotiation",
            "title",
            "paper",
            "our_role",
            "precedence",
            "playbook",
            "state",
            "executed_at",
            "created_at",
            "version",
        ]
        read_only_fields = fields

    def get_playbook(self, contract: Contract) -> str:
        """The pinned version, for example “Mutual non-disclosure agreement v2”; empty where none is."""
        pinned = contract.playbook_version
        return f"{pinned.playbook.title} v{pinned.number}" if pinned else ""


class VersionSerializer(serializers.ModelSerializer[Version]):
    contract: "serializers.SlugRelatedField[Contract]" = serializers.SlugRelatedField(
        slug_field="uuid", read_only=True
    )
    side = SideSerializer(read_only=True)
    sha256 = serializers.CharField(source="file.sha256", read_only=True)
    size = serializers.IntegerField(source="file.size", read_only=True)
    notices = serializers.ListField(child=serializers.DictField(), read_only=True)

    class Meta:
        model = Version
        fields = [
            "uuid",
            "contract",
            "number",
            "label",
            "file_name",
            "sha256",
            "size",
            "side",
            "state",
            "failure",
            "notices",
            "ready_at",
            "created_at",
        ]
        read_only_fields = fields


class FindingSerializer(serializers.ModelSerializer[Finding]):
    """`start` and `end` count code points of the version's text; `edits` are those of `redline apply`."""

    contract: "serializers.SlugRelatedField[Contract]" = serializers.SlugRelatedField(
        slug_field="uuid", read_only=True
    )
    document_version = serializers.UUIDField(source="review.version.uuid", read_only=True)
    edits = serializers.ListField(child=serializers.DictField(), read_only=True)
    why_not = serializers.ListField(child=serializers.DictField(), read_only=True)
    cautions = serializers.ListField(child=serializers.CharField(), read_only=True)
    decided_by = serializers.SerializerMethodField()

    class Meta:
        model = Finding
        fields = [
            "uuid",
            "contract",
            "document_version",
            "issue",
            "title",
            "category",
            "status",
            "severity",
            "weight",
            "rung",
            "quote",
            "start",
            "end",
            "block",
            "value",
            "expected",
            "rule",
            "reason",
            "guidance",
            "why_not",
            "cautions",
            "reopened",
            "edits",
            "approvers",
            "decision",
            "decided_rung",
            "decision_reason",
            "decided_by",
            "decided_at",
            "created_at",
            "version",
        ]
        read_only_fields = fields

    def get_decided_by(self, finding: Finding) -> str:
        return finding.decided_by.user.name if finding.decided_by else ""


DECISIONS = ("propose", "counter", "hold", "edit", "reserve", "concede", "dismiss", "reopen")


class DecideFindingSerializer(serializers.Serializer[Any]):
    """`version` is the one the decision was made on; another is a 409. `counter` needs `rung`, `edit` needs
    `text`; `hold`, `reserve`, `concede` and `dismiss` need `reason`, which goes out with `hold`."""

    decision = serializers.ChoiceField(choices=DECISIONS)
    version = serializers.IntegerField(min_value=1)
    rung = serializers.CharField(required=False, allow_blank=True, max_length=40, default="")
    text = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_PARAGRAPH, default="")
    reason = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_REASON, default="")


class UploadSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(max_length=200, allow_empty_file=True)
    ours = serializers.BooleanField(default=False, help_text="Whether we wrote this version.")
    although_unlike = serializers.BooleanField(
        default=False,
        help_text="Take the file although it shares little with the text exchanged so far; without it such a "
        "file is refused with the code *unlike*.",
    )


class NegotiationViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Negotiation]
):
    """The deals the caller sees, newest first."""

    queryset = Negotiation.objects.none()
    serializer_class = NegotiationSerializer
    lookup_field = "uuid"
    lookup_value_converter = "uuid"

    def get_queryset(self) -> Any:
        rows = negotiations_visible_to(caller(self.request))
        return rows.select_related("owner__user").prefetch_related("sides")

    def get_object(self) -> Negotiation:
        return get_negotiation(caller(self.request), self.kwargs["uuid"], VIEW)

    @extend_schema(responses={200: ContractSerializer(many=True)})
    @action(detail=True, serializer_class=ContractSerializer)
    def contracts(self, request: Request, uuid: uuids.UUID) -> Response:
        """The deal's package."""
        deal = get_negotiation(caller(request), uuid, VIEW)
        return _page(self, contracts_visible_to(caller(request)).filter(negotiation=deal))


class ContractViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet[Contract]):
    """One document of a deal, its versions and what the review found in the newest of them."""

    queryset = Contract.objects.none()
    serializer_class = ContractSerializer
    lookup_field = "uuid"
    lookup_value_converter = "uuid"

    def get_object(self) -> Contract:
        return get_contract(caller(self.request), self.kwargs["uuid"], VIEW)

    @extend_schema(methods=["get"], responses={200: VersionSerializer(many=True)})
    @extend_schema(
        methods=["post"],
        request={"multipart/form-data": UploadSerializer},
        responses={202: VersionSerializer},
        parameters=[KEY_PARAMETER],
    )
    @action(
        detail=True,
        methods=["get", "post"],
        serializer_class=VersionSerializer,
        parser_classes=[MultiPartParser],
    )
    def versions(self, request: Request, uuid: uuids.UUID) -> Response:
        """The contract's versions, newest first; POST uploads one. It is read in the background: ask for the
        version until its state is *ready* or *failed*."""
        if request.method == "POST":
            return self._upload(request, uuid)
        contract = get_contract(caller(request), uuid, VIEW)
        rows = versions_visible_to(caller(request)).filter(contract=contract)
        return _page(self, rows.defer("text", "facts", "reading"))

    def _upload(self, request: Request, uuid: uuids.UUID) -> Response:
        get_contract(caller(request), uuid, REQUEST)
        request._request.body  # noqa: B018  kept for the idempotency key, before the form is parsed
        given = UploadSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        file = given.validated_data["file"]
        data = file.read()
        # Looked at before the key opens its transaction: it takes its time, and a refusal is recorded.
        contract = get_contract(caller(request), uuid, REQUEST)
        report = versions.pass_the_gate(
            target=contract, data=data, file_name=file.name or "", by=caller(request)
        )
        if not given.validated_data["although_unlike"]:
            mistakes.refuse_unlike(contract, data)
        return self._keep(request, contract, given.validated_data | {"data": data, "report": report})

    @idempotent
    def _keep(self, request: Request, contract: Contract, given: dict[str, Any]) -> Response:
        deal = contract.negotiation
        version = versions.add_version(
            contract=contract,
            data=given["data"],
            file_name=given["file"].name or "contract.docx",
            side=deal.our_side() if given["ours"] else deal.their_side(),
            by=caller(request),
            report=given["report"],
        )
        return Response(VersionSerializer(version).data, status=202)

    @extend_schema(
        responses={200: FindingSerializer(many=True)},
        parameters=[
            OpenApiParameter(
                "number", int, description="Of this version; without it of the newest that was read."
            )
        ],
    )
    @action(detail=True, serializer_class=FindingSerializer)
    def findings(self, request: Request, uuid: uuids.UUID) -> Response:
        """Where the text stands on every issue of the playbook, and what was decided."""
        contract = get_contract(caller(request), uuid, VIEW)
        version = _asked(contract, request.query_params.get("number", ""))
        rows = findings_visible_to(caller(request)).filter(review__version=version)
        return _page(self, rows.select_related("contract", "review__version", "decided_by__user"))


def _asked(contract: Contract, number: str) -> Version | None:
    if number.isdecimal() and len(number) < 10:
        return contract.versions.filter(number=int(number), state=VersionState.READY).first()
    return contract.ready_version()


class VersionViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet[Version]):
    """One version: how far its reading is, and what the check of its file flagged."""

    queryset = Version.objects.none()
    serializer_class = VersionSerializer
    lookup_field = "uuid"
    lookup_value_converter = "uuid"

    def get_object(self) -> Version:
        return get_version(caller(self.request), self.kwargs["uuid"], VIEW)


@extend_schema_view(retrieve=extend_schema(description="One finding with its decision."))
class FindingViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet[Finding]):
    """One issue of one version, and deciding it."""

    queryset = Finding.objects.none()
    serializer_class = FindingSerializer
    lookup_field = "uuid"
    lookup_value_converter = "uuid"

    def get_object(self) -> Finding:
        return get_finding(caller(self.request), self.kwargs["uuid"], VIEW)

    @extend_schema(
        request=DecideFindingSerializer, responses={200: FindingSerializer}, parameters=[KEY_PARAMETER]
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def decide(self, request: Request, uuid: uuids.UUID) -> Response:
        """Put the proposal, a fallback or our own wording into the draft, or say why not; 409 says who was
        faster."""
        row = get_finding(caller(request), uuid, EDIT)
        given = DecideFindingSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            _decide(row, given.validated_data, request)
        except redline.Refused as refusal:
            raise serializers.ValidationError({"detail": refusal.message}, code=refusal.code) from refusal
        return Response(FindingSerializer(get_finding(caller(request), uuid, VIEW)).data)


def _decide(row: Finding, data: dict[str, Any], request: Request) -> None:
    kind, reason = data["decision"], data["reason"]
    by, seen = caller(request), data["version"]
    if kind == "counter":
        draft.counter(finding=row, rung=data["rung"], by=by, seen=seen, reason=reason)
    elif kind == "edit":
        draft.propose_own_wording(finding=row, text=data["text"], by=by, seen=seen, reason=reason)
    elif kind == "reopen":
        draft.reopen(finding=row, by=by, seen=seen)
    else:
        verb = {
            "propose": draft.propose,
            "hold": draft.hold_position,
            "reserve": draft.reserve,
            "concede": draft.concede,
            "dismiss": draft.dismiss,
        }[kind]
        verb(finding=row, by=by, seen=seen, reason=reason)


def _page(view: viewsets.GenericViewSet[Any], rows: Any) -> Response:
    """One page of rows by cursor, in the serializer of the action."""
    page = view.paginate_queryset(rows)
    return view.get_paginated_response(view.get_serializer(page, many=True).data)
