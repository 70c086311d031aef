"""Forms whose text survives: the draft of a form is shown again, and forgotten when the form is saved."""

from datetime import datetime
from typing import Any, TypeVar

from django.forms import Form

from nabij.access import drafts
from nabij.access.requests import ActedRequest

F = TypeVar("F", bound=Form)


def drafted(request: ActedRequest, form_class: type[F], *, key: str = "", **kwargs: Any) -> F:
    """Return the form of a page: bound to what was sent, else filled with what was being typed before.

    The form gets `draft_key`, `draft_owner`, and `draft_kept_at` when it shows a draft.
    """
    key = key or request.path
    if request.method == "POST":
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
    form.draft_owner = drafts.owner_mark(request.actor)  # type: ignore[attr-defined]
    return form


def saved(request: ActedRequest, form: Form) -> None:
    """Forget the draft of a form that was saved."""
    drafts.forget(by=request.actor, key=form.draft_key)  # type: ignore[attr-defined]
