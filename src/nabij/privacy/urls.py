"""Addresses of privacy."""

from django.urls import path

from nabij.privacy import views

app_name = "privacy"
urlpatterns = [
    path("gegevens/", views.overview, name="overview"),
    path("gegevens/register/", views.register, name="register"),
    path("gegevens/termijn/<str:category>/", views.term, name="term"),
    path("gegevens/bewaren/<uuid:announcement>/", views.hold, name="hold"),
    path("gegevens/vragen/<uuid:request_key>/", views.request, name="request"),
    path("gezin/<uuid:key>/gegevens/", views.of_household, name="of-household"),
    path("gezin/<uuid:key>/gegevens/vraag/", views.ask, name="ask"),
    path("gezin/<uuid:key>/gegevens/kopie/<uuid:person>/", views.copy, name="copy"),
]
