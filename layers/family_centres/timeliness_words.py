"""What a measure of timeliness says: the county's share, and which localities are clearly different."""

from __future__ import annotations

from collections.abc import Sequence

from layers.family_centres.timeliness import Tally
from layers.format import format_range, format_value, plural


def measure_sentence(said: str, who: str, when: str, places: Sequence[tuple[str, Tally]], county: Tally) -> str:
    """Return one measure in words.

    Parameters
    ----------
    said : str
        What is counted, such as "a decision within 24 hours".
    who, when : str
        Of whom and from when to when: "families referred", "1 January 2024 to 31 December 2024".
    places : sequence of (str, Tally)
        Localities by name.
    county : Tally
        All of them together.

    Returns
    -------
    str
        Such as "Of 400 families referred 1 January 2024 to 31 December 2024, 312 (78.0%, 95% interval 73.7% to 81.8%)
        had a decision within 24 hours. Clearly lower in Aylesbury (64.0%); about the same elsewhere."
    """
    of = f"{plural(county.base + county.untold, *_nouns(who))} {when}"
    if not county.families:
        return f"There are no {who} {when} in the county."
    if not county.base + county.untold:
        return f"It is not stated for any of {plural(county.families, *_nouns(who))} {when}."
    lacking = f" Not stated for {format_value(county.unstated)} more." if county.unstated else ""
    share, limits = county.share(), county.limits()
    if share is None:
        between = format_range(*limits, 1, suffix="%") if limits else ""
        return (
            f"Of {of}, the time of day is not stated for {format_value(county.untold)}, too many for a share: "
            f"anything from {between} may have had {said}.{lacking}"
        )
    interval = format_range(share.lower, share.upper, 1, suffix="%")
    base = f"{plural(county.base, *_nouns(who))} {when}"
    lead = (
        f"Of {base}, {format_value(county.met)} ({format_value(share.value, 1, suffix='%')}, 95% interval "
        f"{interval}) had {said}."
    )
    return f"{lead} {differences(places, share.value)}{lacking}"


def _nouns(who: str) -> tuple[str, str]:
    return who.replace("families", "family", 1), who


def differences(places: Sequence[tuple[str, Tally]], county: float) -> str:
    """Return which localities are clearly different from the county's share in per cent, in one sentence."""
    higher, lower, alike = [], [], 0
    for name, one in places:
        share = one.share()
        if share is None:
            continue
        shown = f"{name} ({format_value(share.value, 1, suffix='%')})"
        if county < share.lower:
            higher.append(shown)
        elif county > share.upper:
            lower.append(shown)
        else:
            alike += 1
    said = [
        f"clearly {word} in {' and '.join(names)}" for word, names in (("higher", higher), ("lower", lower)) if names
    ]
    if not said:
        return "About the same in every locality." if alike > 1 else "Too few families to compare localities."
    said += ["about the same elsewhere"] if alike else []
    text = "; ".join(said)
    return f"{text[0].upper()}{text[1:]}."
