"""What every page with a form does: keep a draft, show it again, forget it when saved."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(request: HttpRequest, template: str, form: Form | None = None, **context: Any) -> HttpResponse:
    """Render a page; a form that came back with errors answers 422, and the page says where to look."""
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, template, {"form": form, "today": getattr(request, "today", None), **context}, status=status)


def sheet(made: bytes, name: str) -> HttpResponse:
    """Return a PDF under a name, to look at or to print; the browser keeps no copy."""
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response
