from django.urls import path

from accounts.views import organisation, own, people, session

app_name = "accounts"

urlpatterns = [
    path("sign-in/", session.SignIn.as_view(), name="sign_in"),
    path("sign-out/", session.SignOut.as_view(), name="sign_out"),
    path("organisation/<uuid:uuid>/", session.switch_organisation, name="switch_organisation"),
    path("profile/", own.profile, name="profile"),
    path("password/", own.password, name="password"),
    path("notifications/read/", own.read_notifications, name="read_notifications"),
    path("settings/", organisation.organisation_settings, name="settings"),
    path("settings/people/", people.people, name="people"),
    path("settings/people/<uuid:uuid>/", people.change_person, name="change_person"),
    path("settings/people/<uuid:uuid>/password/", people.give_password, name="give_password"),
    path("settings/teams/", people.add_team, name="add_team"),
    path("settings/teams/<uuid:uuid>/", people.change_team, name="change_team"),
    path("settings/teams/<uuid:uuid>/archive/", people.archive_team, name="archive_team"),
    path("settings/tokens/", own.tokens, name="tokens"),
    path("settings/tokens/<uuid:uuid>/revoke/", own.revoke_token, name="revoke_token"),
    path("record/", organisation.audit_log, name="audit"),
    path("record/verify/", organisation.verify_audit, name="verify_audit"),
]
