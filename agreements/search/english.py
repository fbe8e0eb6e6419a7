"""English stems, from PostgreSQL's own dictionary."""

from collections.abc import Iterable

from django.db import connection


def english_stems(words: Iterable[str]) -> dict[str, str | None]:
    """The stem of each folded Latin word; ``None`` for words that English texts are full of ("the", "of")."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, (ts_lexize('english_stem', word))[1] FROM unnest(%s::text[]) word", [sorted(set(words))]
        )
        return dict(cursor.fetchall())
