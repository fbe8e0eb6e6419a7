"""Links from words on a page to what they mean."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agreements.formats.agreement_view import AgreementView
from agreements.formats.glossary import Term, term_named, terms_of_sections

register = template.Library()


@register.simple_tag
def term(anchor: str, label: str = "") -> SafeString:
    """A word of the page as a quiet link to its entry in the glossary; the entry's own word without a label."""
    found = term_named(anchor)
    return format_html('<a class="term" href="{}#{}">{}</a>', reverse("site:glossary"), anchor, label or found.word)


@register.simple_tag
def page_term(view: AgreementView, anchor: str, label: str) -> SafeString:
    """A heading or label of an agreement that leads to its word in the glossary; on paper the label alone.

    A role's value will do as an anchor ("implementing_partner").
    """
    return format_html("{}", label) if view.is_summary else term(anchor.replace("_", "-"), label)


@register.simple_tag
def words_used(view: AgreementView) -> tuple[Term, ...]:
    """The glossary's entries that an agreement's page uses."""
    return terms_of_sections([one.anchor for one in view.sections])
