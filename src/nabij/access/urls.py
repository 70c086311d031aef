"""Addresses of language and drafts; those of signing in join them in `config.urls`."""

from django.urls import path

from nabij.access import views

app_name = "access"
urlpatterns = [
    path("taal/", views.language, name="language"),
    path("concept/", views.keep_draft, name="draft"),
]
