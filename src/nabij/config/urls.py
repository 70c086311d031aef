"""Addresses, in Dutch as people read them; each room brings its own."""

from django.conf import settings
from django.urls import include, path

from nabij.access.urls import urlpatterns as of_access
from nabij.signin.urls import entrance
from nabij.ui import views as ui

urlpatterns = [
    path("", include("nabij.desk.urls")),
    path("", include(([*of_access, *entrance], "access"))),  # signing in keeps the names that it always had
    path("", include("nabij.signin.urls")),
    path("", include("nabij.signin.oidc.urls")),
    path("", include("nabij.casework.urls")),
    path("", include("nabij.informing.urls")),
    path("", include("nabij.oversight.urls")),
    path("", include("nabij.privacy.urls")),
    path("stijl/<slug:slug>.css", ui.municipality_css, name="municipality-css"),
]
if settings.DEMO:
    urlpatterns.append(path("ui/", include("nabij.ui.urls")))

handler400 = "nabij.config.errors.bad_request"
handler403 = "nabij.config.errors.denied"
handler404 = "nabij.config.errors.not_found"
handler500 = "nabij.config.errors.broken"
