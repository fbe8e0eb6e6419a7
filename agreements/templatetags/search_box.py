"""The search box for any page."""

from django import template
from django.urls import reverse

from agreements.search.forms import SearchForm

register = template.Library()


@register.simple_tag
def search_box() -> SearchForm:
    """An empty search form, for ``{% crispy %}``."""
    return SearchForm(action=reverse("site:agreements"), completions=reverse("site:search_completions"))
