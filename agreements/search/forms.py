"""The search box, on the list of agreements and wherever else it is shown."""

from crispy_forms.bootstrap import FieldWithButtons, StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.search.query import MAX_CHARACTERS


class SearchForm(forms.Form):
    """Shows what was looked for; ``parse_query`` reads it, so that no text is refused that a search can take."""

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

    def __init__(self, words: str = "") -> None:
        super().__init__(initial={"q": words}, auto_id="search-%s")

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_method = "get"
        helper.form_action = reverse("site:agreements")
        helper.form_id = "search-form"
        helper.form_class = "search-box"
        helper.disable_csrf = True
        helper.attrs = {"role": "search", "data-completions": reverse("site:search_completions")}
        button = StrictButton(_("Search"), type="submit", css_class="btn-primary")
        helper.layout = Layout(FieldWithButtons("q", button))
        return helper
