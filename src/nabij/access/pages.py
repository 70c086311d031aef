"""What every page with a form does: show the draft again, save once, forget the draft when it is saved."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar, cast
from uuid import uuid4

from django.contrib import messages
from django.forms import Form
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access import drafts
from nabij.access.requests import ActedRequest
from nabij.kernel.constraints import TWICE
from nabij.kernel.forms import attempt
from nabij.kernel.refusals import Refusal

F = TypeVar("F", bound=Form)


def drafted(request: ActedRequest, form_class: type[F], *, key: str = "", sent: bool | None = None, **kwargs: Any) -> F:
    """Return the form of a page: bound to what was sent, else filled with what was being typed before.

    The form gets `draft_key`, `draft_owner`, and `draft_kept_at` when it shows a draft. `sent` says whether this form was
    sent, for a page that is also reached by another form; otherwise the method says so.
    """
    key = key or request.path
    if sent if sent is not None else request.method == "POST":
        form = form_class(request.POST, **kwargs)
        return _marked(form, request, key, None)
    kept = drafts.kept(by=request.actor, key=key)
    form = form_class(**kwargs)
    for name, texts in (kept[0] if kept else {}).items():
        if field := form.fields.get(name):
            many = getattr(field.widget, "allow_multiple_selected", False)
            form.initial[name] = texts if many else texts[-1]
    return _marked(form, request, key, kept[1] if kept else None)


def _marked(form: F, request: ActedRequest, key: str, kept_at: datetime | None) -> F:
    form.draft_key, form.draft_kept_at = key, kept_at  # type: ignore[attr-defined]
    form.sent_by = request.actor.id  # type: ignore[attr-defined]
    form.draft_owner = drafts.owner_mark(request.actor)  # type: ignore[attr-defined]
    return form


def carried(request: ActedRequest, form: Form, *, key: str, names: Iterable[str]) -> None:
    """Fill these fields of a page with what was typed on the page before it; a draft of its own goes first."""
    if form.draft_kept_at:  # type: ignore[attr-defined]
        return
    kept = drafts.kept(by=request.actor, key=key)
    form.initial.update({name: kept[0][name][-1] for name in names if kept and kept[0].get(name)})


def saved(request: ActedRequest, form: Form) -> None:
    """Forget the draft of a form that was saved."""
    drafts.forget(by=request.actor, key=form.draft_key)  # type: ignore[attr-defined]


def keep(
    request: ActedRequest,
    form: Form,
    verb: Callable[..., Any],
    /,
    *,
    said: str,
    already: Callable[[], bool] = bool,
    **kwargs: Any,
) -> bool:
    """Run a verb through its form, and return whether what was asked stands there now.

    `already` tells, after a refusal, whether the very same was saved before: a form that was sent twice is no mistake.
    """
    attempt(form, verb, by=request.actor, now=timezone.now(), **kwargs)
    twice = bool(form.errors) and _quietly(already)
    if form.errors and not twice:
        _renew(form)
        return False
    if hasattr(form, "draft_key"):
        saved(request, form)
    messages.success(request, _("Dit was al bewaard.") if twice else said)
    return True


def pressed(
    request: ActedRequest, verb: Callable[..., Any], /, *, said: str, already: Callable[[], bool], **kwargs: Any
) -> bool:
    """Run a verb behind a button, if it was pressed; pressed twice it says so kindly, any other refusal stays one."""
    if request.method != "POST":
        return False
    try:
        verb(by=request.actor, now=timezone.now(), **kwargs)
    except Refusal:
        if not _quietly(already):
            raise
        said = _("Dit was al bewaard.")
    messages.success(request, said)
    return True


def _quietly(already: Callable[[], bool]) -> bool:
    try:
        return already()
    except Refusal:
        return False


def _renew(form: Form) -> None:
    # The key is taken by something else that was typed: saved again, this becomes a thing of its own.
    if "key" in form.fields and str(TWICE) in form.non_field_errors():
        data = cast(QueryDict, form.data).copy()
        data["key"] = str(uuid4())
        form.data = data
