from django.urls import URLPattern

app_name = "signing_guest"

urlpatterns: list[URLPattern] = []
