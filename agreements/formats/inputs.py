"""What text inputs take, at the desk and in public: tidied as ``vocabulary.texts`` says, refused in words."""

from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from agreements.formats.words import write_number
from agreements.vocabulary.languages import Language
from agreements.vocabulary.texts import Unseen, UnseenKind, tidy_line, tidy_text, unseen_in_line, unseen_in_text

MAX_TEXT: Final = 50_000
"""Characters in one text, which is some twenty printed pages."""

_KINDS: Final[dict[UnseenKind, str | Promise]] = {
    UnseenKind.DIRECTION: gettext_lazy("it turns the order of the letters around"),
    UnseenKind.ZERO_WIDTH: gettext_lazy("it has no width"),
    UnseenKind.CONTROL: gettext_lazy("a control character"),
    UnseenKind.JOINER: gettext_lazy("it belongs between Arabic letters only"),
    UnseenKind.OTHER: gettext_lazy("it can’t be seen"),
}


class _NeverCut(forms.CharField):
    """No ``maxlength``: browsers cut pasted text at it without a word."""

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.limit = max_length

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and self.limit is not None and len(value) > self.limit:
            raise too_long(value, self.limit)


class LineField(_NeverCut):
    """A name, a title: one line, with nothing in it that can't be seen."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return tidy_line(text) or self.empty_value if text else text

    def validate(self, value: Any) -> None:
        super().validate(value)
        validate_line(value or "")


class TextField(_NeverCut):
    """A text of several lines."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        super().__init__(max_length=max_length or MAX_TEXT, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return tidy_text(text) if text else text

    def validate(self, value: Any) -> None:
        super().validate(value)
        _refuse(unseen_in_text(value or ""))


def validate_line(value: str) -> None:
    """Refuse what can't be seen in one line, as a file's name.

    Raises:
        ValidationError: naming the character and the words before it.
    """
    _refuse(unseen_in_line(value))


def too_long(value: str, limit: int) -> ValidationError:
    """A text over its limit, in words and in the digits of the reader."""
    language = cast(Language, get_language())
    numbers = {"limit": write_number(limit, language), "length": write_number(len(value), language)}
    message = _("At most %(limit)s characters fit here, and this text has %(length)s: shorten it.") % numbers
    return ValidationError(message, code="too_long")


def _refuse(found: Unseen | None) -> None:
    if found is None:
        return
    # Isolated, because the words may be of another direction than the sentence (Unicode UAX 9, 2.4).
    details = {
        "code": f"\u2066{found.code}\u2069",
        "what": str(_KINDS[found.kind]),
        "after": f"\u2068{found.after}\u2069",
    }
    if found.after:
        message = _("After “%(after)s” stands %(code)s, which can’t be kept (%(what)s): delete it, or type it anew.")
    else:
        message = _("It begins with %(code)s, which can’t be kept (%(what)s): delete it, or type it anew.")
    raise ValidationError(message % details, code="unseen")
