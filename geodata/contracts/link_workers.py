"""Link workers: one row for each post. A post is a number, never the name of who holds it."""

from __future__ import annotations

from geodata.contracts.base import Column, Contract, Rule

LANGUAGE_CODES = {
    "en": "English", "ur": "Urdu", "pa": "Punjabi", "pl": "Polish", "ro": "Romanian", "bn": "Bengali", "ar": "Arabic",
    "gu": "Gujarati", "hi": "Hindi", "ta": "Tamil", "pt": "Portuguese", "es": "Spanish", "fr": "French",
    "it": "Italian",
    "tr": "Turkish", "so": "Somali", "uk": "Ukrainian", "ru": "Russian", "lt": "Lithuanian", "hu": "Hungarian",
    "bg": "Bulgarian", "sq": "Albanian", "fa": "Farsi", "ps": "Pashto", "ku": "Kurdish", "yo": "Yoruba",
    "zh": "Chinese", "bfi": "British Sign Language", "pat": "Pahari or Mirpuri",
}  # fmt: skip
LANGUAGE_SPELLINGS = {title.lower(): code for code, title in LANGUAGE_CODES.items()} | {
    "bsl": "bfi", "panjabi": "pa", "sylheti": "bn", "persian": "fa", "dari": "fa", "mandarin": "zh", "cantonese": "zh",
    "mirpuri": "pat", "pahari": "pat", "none": "en", "english only": "en",
}  # fmt: skip

POST = Column(
    "post", "Post number", "identifier", required=True,
    aliases=("post number", "post id", "post ref", "post reference", "position number", "worker id", "staff id",
             "link worker id", "link worker post", "position id"),
    description="A number or code that stands for the post; never a name.",
)  # fmt: skip

CONTRACT = Contract(
    key="link_workers",
    title="Link workers",
    shape="records",
    plain="The posts that link schools with the family support service: team, hours, base and languages.",
    columns=(
        POST,
        Column("team", "Team", "text", aliases=("locality", "area", "area team", "family centre team")),
        Column("hours", "Hours a week", "number", aliases=("hours per week", "weekly hours", "contracted hours")),
        Column("term_time", "Term time only", "flag", aliases=("term time only", "tto", "term-time", "term only")),
        Column("base", "Base", "text", aliases=("base name", "family centre", "work base", "centre", "office")),
        Column("base_postcode", "Postcode of the base", "postcode", aliases=("base post code", "postcode")),
        Column("languages", "Languages", "codes", aliases=("language", "languages spoken", "community languages"),
               codes=LANGUAGE_CODES, spellings=LANGUAGE_SPELLINGS),
        Column("absent_from", "Absent from", "date", aliases=("absence start", "absence from", "leave from")),
        Column("absent_to", "Absent to", "date", aliases=("absence end", "absence to", "leave to", "return date")),
        Column("vacant", "Vacant", "flag", aliases=("post vacant", "vacant post", "vacancy", "is vacant", "unfilled"),
               description="Yes where nobody holds the post."),
        Column("barred_schools", "Schools the post must not take", "urns",
               aliases=("barred", "barred school urns", "excluded schools", "conflict of interest", "not to work with"),
               description="School numbers (URN) with ';' between them."),
    ),
    unique=("post",),
    rules=(
        Rule("absent_to", "the absence ends before it begins", lambda rows: ~(rows["absent_to"] < rows["absent_from"])),
        Rule("hours", "more hours than a week can have", lambda rows: ~(rows["hours"] > 60)),
    ),
    dated=True,
)  # fmt: skip
