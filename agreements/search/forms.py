"""The search box, on the list of agreements and wherever else it is shown."""

from crispy_forms.bootstrap import FieldWithButtons, StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.search.query import MAX_CHARACTERS


class SearchForm(forms.Form):
    """Shows what was looked for; ``parse_query`` reads it, so that no text is refused that a search can take.

    ``action`` is the address of the list of agreements, ``completions`` that of what words may become.
    """

    q = forms.CharField(
        label=gettext_lazy("Words, names or a register number"),
        required=False,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "maxlength": MAX_CHARACTERS,
                "dir": "auto",
                "autocomplete": "off",
                "spellcheck": "false",
                "list": "search-completions",
            }
        ),
    )

    def __init__(self, words: str = "", *, action: str, completions: str) -> None:
        super().__init__(initial={"q": words}, auto_id="search-%s")
        self._action, self._completions = action, completions

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_method = "get"
        helper.form_action = self._action
        helper.form_id = "search-form"
        helper.form_class = "search-box"
        helper.disable_csrf = True
        helper.attrs = {"role": "search", "data-completions": self._completions}
        button = StrictButton(_("Search"), type="submit", css_class="btn-primary")
        helper.layout = Layout(FieldWithButtons("q", button))
        return helper
