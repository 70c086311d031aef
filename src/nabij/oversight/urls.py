"""Addresses of oversight."""

from django.urls import path

from nabij.oversight import views, views_emergency

app_name = "oversight"
urlpatterns = [
    path("gezin/<uuid:key>/wie-keek/lijst/", views.give_list, name="list"),
    path("privacy/", views.unusual, name="unusual"),
    path("privacy/spoor/", views.checks, name="checks"),
    path("privacy/straten/", views.streets, name="streets"),
    path("privacy/<str:rule>/<uuid:worker>/<str:day>/<str:reference>/", views.finding, name="finding"),
    path("privacy/noodtoegang/", views_emergency.queue, name="emergency-queue"),
    path("privacy/noodtoegang/<uuid:emergency>/", views_emergency.review, name="emergency-review"),
    path("noodtoegang/", views_emergency.ask, name="emergency-ask"),
    path("noodtoegang/<uuid:emergency>/", views_emergency.one, name="emergency"),
    path("noodtoegang/<uuid:emergency>/terug/", views_emergency.give_back, name="emergency-back"),
    path("straat/<uuid:worker>/", views.street, name="street"),
]
