"""Addresses of sign-in and drafts."""

from django.urls import path

from nabij.access import views

app_name = "access"
urlpatterns = [
    path("aanmelden/", views.sign_in, name="sign-in"),
    path("aanmelden/demo/", views.demo_sign_in, name="demo-sign-in"),
    path("afmelden/", views.sign_out, name="sign-out"),
    path("taal/", views.language, name="language"),
    path("concept/", views.keep_draft, name="draft"),
]
