from rest_framework.routers import SimpleRouter

from negotiation.api import ContractViewSet, FindingViewSet, NegotiationViewSet, VersionViewSet

router = SimpleRouter(use_regex_path=False)
router.register("negotiations", NegotiationViewSet, basename="negotiation")
router.register("contracts", ContractViewSet, basename="contract")
router.register("versions", VersionViewSet, basename="version")
router.register("findings", FindingViewSet, basename="finding")

urlpatterns = router.urls
