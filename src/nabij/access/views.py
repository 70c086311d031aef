"""The language of pages, and the door for drafts; the pages of signing in stand in `signin`."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from nabij.access import drafts
from nabij.access.middleware import open_to_strangers
from nabij.access.requests import ActedRequest


@open_to_strangers
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the pages, among those that are offered."""
    chosen = request.POST.get("language", "")
    response = redirect(_next(request))
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 86400,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


@require_POST
def keep_draft(request: ActedRequest) -> HttpResponse:
    """Keep or forget what is being typed; answers when it was kept."""
    key = request.POST.get("draft-key", "")
    if not key:
        raise Http404
    if "forget" in request.POST:
        drafts.forget(by=request.actor, key=key)
        return redirect(_next(request))
    now = timezone.now()
    drafts.keep(by=request.actor, key=key, fields=drafts.typed(request.POST), now=now)
    return JsonResponse({"kept": timezone.localtime(now).strftime("%H:%M")})


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"
