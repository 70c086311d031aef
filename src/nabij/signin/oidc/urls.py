"""Addresses of single sign-on."""

from django.urls import path

from nabij.signin.oidc.views import entering, managing

app_name = "oidc"
urlpatterns = [
    path("aanmelden/met/<uuid:directory>/", entering.leave, name="leave"),
    path("aanmelden/met/<uuid:directory>/terug/", entering.back, name="back"),
    path("aanmelden/met/<uuid:directory>/weg/", entering.left, name="left"),
    path("beheer/aanmelddienst/", managing.directories, name="directories"),
    path("beheer/aanmelddienst/nieuw/<slug:kind>/", managing.add, name="add"),
    path("beheer/aanmelddienst/<uuid:directory>/", managing.directory, name="directory"),
    path("beheer/aanmelddienst/<uuid:directory>/wijzigen/", managing.change, name="change"),
    path("beheer/aanmelddienst/<uuid:directory>/open/", managing.open_or_close, name="open"),
    path("beheer/aanmelddienst/<uuid:directory>/regel/", managing.add_rule, name="add-rule"),
    path("beheer/aanmelddienst/<uuid:directory>/verbinden/", managing.link, name="link"),
    path("beheer/aanmelddienst/regel/<uuid:rule>/weg/", managing.drop_rule, name="drop-rule"),
    path("beheer/aanmelddienst/verbonden/<uuid:link>/los/", managing.unlink, name="unlink"),
]
