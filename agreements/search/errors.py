"""What a search refuses."""


class SearchRefused(Exception):
    """A query that is not looked for."""


class QueryTooLong(SearchRefused):
    """More characters than anyone types; ``limit`` is how many there may be."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class TooManyValues(SearchRefused):
    """More values of one facet than anyone chooses; ``limit`` is how many there may be."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit
