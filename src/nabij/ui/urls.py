"""Address of the gallery, mounted in the demo only."""

from django.urls import path

from nabij.ui import views

app_name = "ui"
urlpatterns = [path("", views.gallery, name="gallery")]
