"""The search index: what a search filters, counts, ranks and shows, worked out from current editions.

Everything here can be made again from the editions (``rebuild_search``), so nothing of it is a record.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.vocabulary.languages import Language, LocalisedText


class Facet(models.TextChoices):
    """What a search can be narrowed by; the value is the parameter's name in addresses."""

    KIND = "kind", _("Kind")
    STATUS = "status", _("Legal status")
    PARTY = "party", _("Party")
    FUNDER = "funder", _("Funder")
    FRAMEWORK = "framework", _("Framework")
    OBJECTIVE = "objective", _("Objective")
    PLACE = "place", _("Place")
    YEAR = "year", _("Year")
    LANGUAGE = "language", _("Language")
    CHARACTER = "character", _("Legal character")


class FacetValue(models.Model):
    """One value of a facet, such as the funder "european-union"; entries name it by its number.

    ``key`` is what stands in addresses: the identifier of the content contract. Names are those of the
    newest edition that holds it; kinds, statuses, years and languages have none here, their words are
    the interface's. ``entries`` counts the entries that have the value now.
    """

    id = models.AutoField(primary_key=True)
    facet = models.CharField(max_length=12, choices=Facet.choices)
    key = models.CharField(max_length=200)
    name_en = models.TextField(blank=True)
    name_ar = models.TextField(blank=True)
    name_ckb = models.TextField(blank=True)
    entries = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("facet", "key")
        indexes = (models.Index(fields=("facet", "-entries"), name="facet_value_by_entries"),)
        constraints = (
            models.CheckConstraint(condition=models.Q(facet__in=Facet.values), name="facet_value_facet"),
            models.UniqueConstraint(fields=("facet", "key"), name="facet_value_once"),
        )

    def __str__(self) -> str:
        return f"{self.facet}={self.key}"

    @property
    def name(self) -> LocalisedText:
        return LocalisedText(en=self.name_en or None, ar=self.name_ar or None, ckb=self.name_ckb or None)


class SearchEntry(models.Model):
    """A current public agreement as a search sees it.

    ``facets`` are the numbers of its ``FacetValue`` rows, in the record's order; ``status`` is among them, and is
    that of the days before ``changes_on``. ``coming`` says what follows: ``[["2027-01-01", "expired"], …]``.
    ``sort_key`` orders by the agreement's own date, then by the log (see ``index.sort_key_of``), and is unique, so
    that it also says where a page ends. ``vector`` holds the lexemes of all three languages. ``body`` is the text
    that excerpts are cut from, by language.
    """

    register_number = models.CharField(max_length=20, primary_key=True)
    number = models.PositiveIntegerField(unique=True)
    sort_key = models.BigIntegerField(unique=True)
    edition_number = models.PositiveIntegerField()
    sequence = models.PositiveBigIntegerField()
    published_at = models.DateTimeField()
    analysis = models.PositiveSmallIntegerField()
    date = models.CharField(max_length=10, blank=True)
    status = models.CharField(max_length=20)
    changes_on = models.DateField(null=True, blank=True)
    coming = models.JSONField(default=list)
    facets = ArrayField(models.IntegerField())
    title_en = models.TextField(blank=True)
    title_ar = models.TextField(blank=True)
    title_ckb = models.TextField(blank=True)
    body = models.JSONField(default=dict)
    vector = SearchVectorField()

    class Meta:
        ordering = ("-sort_key",)
        indexes = (
            # One index for words and values: PostgreSQL skips through a common word by a rare value.
            GinIndex(fields=("vector", "facets"), name="search_words_and_facets", fastupdate=False),
            models.Index(
                fields=("changes_on",), name="search_status_changes", condition=models.Q(changes_on__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.register_number}/{self.edition_number}"

    @property
    def title(self) -> LocalisedText:
        return LocalisedText(en=self.title_en or None, ar=self.title_ar or None, ckb=self.title_ckb or None)

    def body_in(self, language: Language) -> str:
        text: str = self.body.get(language, "")
        return text


class SearchWord(models.Model):
    """A distinct word of the index: for completion, and to correct what was typed wrongly.

    ``folded`` is the word with its letter variants made one, as it is compared; ``word`` as a text has it.
    """

    folded = models.CharField(max_length=40, primary_key=True)
    word = models.CharField(max_length=40)
    entries = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("folded",)
        indexes = (GinIndex(OpClass("folded", name="gin_trgm_ops"), name="search_word_alike", fastupdate=False),)

    def __str__(self) -> str:
        return self.word
