"""May this happen now?"""

from django.utils.translation import gettext_lazy as _

from nabij.advice.models import Question
from nabij.kernel.refusals import NotNow, check


@check
def still_open(question: Question) -> None:
    """Raise `NotNow` when a question was answered or taken back."""
    if question.answer:
        raise NotNow(_("Deze vraag is al beantwoord."))
    if question.closed_at:
        raise NotNow(_("Deze vraag is ingetrokken. Er hoeft geen antwoord meer."))
