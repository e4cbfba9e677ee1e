"""Every component id of every page; imports nothing of ours."""

from enum import StrEnum


class Id(StrEnum):
    """Components of the map page that callbacks read or write."""

    CATALOG = "catalog"
    STATE = "state"
    CHOICE = "choice"
    VIEW = "view-data"
    CARD = "card-data"
    AHEAD_OF = "ahead-of"
    AHEAD = "ahead-data"
    SECOND = "second"
    SECOND_VIEW = "second-view-data"
    SECOND_CARD = "second-card-data"
    TABLE_OF = "table-of"
    TABLE = "table-data"
    MAP = "map"
    CONTEXT = "context"
    OUTLINE = "outline"
