"""Every component id of every page; imports nothing of ours."""

from enum import StrEnum


class Id(StrEnum):
    """Components of the map page that callbacks read or write."""

    CATALOG = "catalog"
    STATE = "state"
    CHOICE = "choice"
    VIEW = "view-data"
    CARD = "card-data"
    TABLE_OF = "table-of"
    TABLE = "table-data"
    MAP = "map"
    CONTEXT = "context"
    AREAS = "areas"
    OUTLINE = "outline"


class Box(StrEnum):
    """Elements of the map page that the browser fills itself."""

    LAYERS = "layers"
    SCHEMES = "schemes"
    PERIOD = "period"
    TITLE = "title"
    TAGS = "tags"
    SENTENCE = "sentence"
    LEGEND = "legend"
    NOTE = "scheme-note"
    CARD = "card"
    LIST = "area-list"
    TABLE = "table-box"
    TABLE_DETAILS = "table-details"
    RAIL = "rail-details"
    CSV = "csv"
    PICTURE = "png"
    THEME = "theme"
    LIVE = "live"
