"""The desk's own pages about an agreement, and their addresses below the agreement's."""

from typing import Final

from agreements.staff import acts, differences, other_seals, party_links, preview, review
from agreements.staff.acts import View

PAGES: Final[dict[str, tuple[str, View]]] = {
    "review": ("review/", review.show_review),
    "comment": ("comment/", review.add_comment),
    "settle": ("comment/<int:comment_id>/", review.settle_comment),
    "accept": ("accept/", review.accept),
    "difference": ("difference/", differences.show_difference),
    "ask": ("other-side/ask/", party_links.ask_party),
    "revoke": ("other-side/<int:link_id>/revoke/", party_links.revoke),
    "accept_corrections": ("other-side/accept/", party_links.accept),
    "decline_corrections": ("other-side/decline/", party_links.decline),
    "ask_seal": ("seals/ask/", other_seals.ask),
    "revoke_seal": ("seals/links/<int:link_id>/revoke/", other_seals.revoke),
    "seal": ("seals/<int:seal_id>/", other_seals.show),
    "seal_file": ("seals/<int:seal_id>/file/", other_seals.file),
    "accept_seal": ("seals/<int:seal_id>/accept/", other_seals.accept),
    "decline_seal": ("seals/<int:seal_id>/decline/", other_seals.decline),
    "preview": ("preview/", preview.preview),
    "preview_summary": ("preview.pdf", preview.preview_summary),
    **{name: (f"{name}/", view) for name, view in acts.VIEWS.items()},
}
"""By name: ``admin:agreement_<name>`` is the page at ``…/agreement/<id>/<route>``."""
