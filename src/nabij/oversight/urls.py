"""Addresses of oversight."""

from django.urls import path

from nabij.oversight import views

app_name = "oversight"
urlpatterns = [
    path("gezin/<uuid:key>/wie-keek/lijst/", views.give_list, name="list"),
    path("privacy/", views.unusual, name="unusual"),
    path("privacy/spoor/", views.checks, name="checks"),
    path("privacy/straten/", views.streets, name="streets"),
    path("privacy/<str:rule>/<uuid:worker>/<str:day>/<str:reference>/", views.finding, name="finding"),
    path("straat/<uuid:worker>/", views.street, name="street"),
]
