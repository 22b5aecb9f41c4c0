"""Calendar programs come here without a session; the secret in the address is all they have."""

from django.urls import path

from obligations import feed_views

app_name = "feeds"

urlpatterns = [path("<str:token>.ics", feed_views.calendar, name="calendar")]
