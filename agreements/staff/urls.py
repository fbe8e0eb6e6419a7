"""The other side's addresses, below each language. Nobody but who holds the secret finds anything there."""

from django.urls import path, register_converter

from agreements.staff import confirm, seal
from agreements.vocabulary import addresses  # noqa: F401  # makes its parts of addresses known


class Secret:
    """A link's secret. Cut off or mistyped ones come here too, to be answered in words."""

    regex = r"[^/]{1,200}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Secret, "secret")

other_side_urlpatterns = [
    path("confirm/<secret:secret>/", confirm.page, name="page"),
    path("confirm/<secret:secret>", confirm.page),  # else Django leads on with an answer that caches may keep
    path("confirm/<secret:secret>/corrections/", confirm.corrections, name="corrections_page"),
    path("confirm/<secret:secret>/draft.pdf", confirm.summary, name="summary"),
    path("seal/<secret:secret>/", seal.page, name="seal"),
    path("seal/<secret:secret>", seal.page),
    path("seal/<secret:secret>/<language_code:language>.pdf", seal.file, name="seal_file"),
]
