from django.urls import path

from analytics import views

app_name = "analytics"

urlpatterns = [
    path("", views.listing, name="list"),
    path("history/new/", views.new_history, name="new_history"),
    path("trials/new/", views.new_backtest, name="new_backtest"),
    path("many/new/", views.new_bulk, name="new_bulk"),
    path("items/<uuid:uuid>/", views.item, name="item"),
    path("<uuid:uuid>/", views.run, name="run"),
    path("<uuid:uuid>/progress/", views.progress, name="progress"),
    path("<uuid:uuid>/results.csv", views.export, name="export"),
    path("<uuid:uuid>/stop/", views.stop, name="stop"),
    path("<uuid:uuid>/accept/", views.accept, name="accept"),
]
