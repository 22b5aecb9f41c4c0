from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("sign-out/", views.SignOut.as_view(), name="sign_out"),
    path("profile/", views.profile, name="profile"),
    path("organisation/<uuid:uuid>/", views.switch_organisation, name="switch_organisation"),
    path("notifications/read/", views.read_notifications, name="read_notifications"),
    path("settings/", views.organisation_settings, name="settings"),
    path("settings/people/", views.people, name="people"),
    path("settings/people/<uuid:uuid>/", views.change_person, name="change_person"),
    path("settings/tokens/", views.tokens, name="tokens"),
    path("settings/tokens/<uuid:uuid>/revoke/", views.revoke_token, name="revoke_token"),
    path("record/", views.audit_log, name="audit"),
    path("record/verify/", views.verify_audit, name="verify_audit"),
]
