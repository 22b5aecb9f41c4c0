from rest_framework.routers import SimpleRouter

from obligations.api import ObligationViewSet

router = SimpleRouter(use_regex_path=False)
router.register("obligations", ObligationViewSet, basename="obligation")

urlpatterns = router.urls
