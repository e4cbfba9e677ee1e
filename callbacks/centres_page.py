"""The page on family centres: who is far from help, what falls to whom, and what a new, moved or closed one changes."""

from __future__ import annotations

from callbacks.centres_files import KINDS
from callbacks.centres_headline import headline_view
from callbacks.centres_map import reach_map
from callbacks.centres_siting import Typed, form_view, plan_view
from callbacks.centres_soon import soon_view
from callbacks.centres_state import PAGE, CentresState
from callbacks.centres_tables import (
    centres_view,
    reach_view,
    small_view,
    specialist_view,
    supply_view,
    unreached,
)
from callbacks.figures import Answer, Figures
from geodata.travel import MODES
from layers.family_centres.reach import reach_of
from layers.family_centres.reach_report import dated_words, reach_report
from layers.family_centres.site_report import SitePlan

TITLE = "Family centres"
SECTIONS = (
    ("now", "The answer"), ("map", "Who is far, and where"), ("supply", "What falls to whom"),
    ("sites", "Add, close or move"), ("soon", "How soon help comes"),
    ("specialist", "Specialist places"), ("sure", "How sure is this"),
)  # fmt: skip


def centres_page(figures: Figures, state: CentresState, typed: Typed, plan: SitePlan | None) -> Answer:
    """Return everything that the page shows of one state, in JSON's types.

    Parameters
    ----------
    figures : Figures
        Of the snapshot in force.
    state : CentresState
        Way of travel, and what is asked for.
    typed : Typed
        What stands in the form.
    plan : SitePlan or None
        What was worked out.

    Raises
    ------
    UsageError
        Where no list of centres is loaded, or no open centre can be reached from anywhere.
    """
    store = figures.store
    report, found = reach_report(store, state.mode), reach_of(store, state.mode)
    specialist, soon = specialist_view(report), soon_view(store)
    lacking = {key for key, shown in (("specialist", specialist), ("soon", soon)) if not shown}
    return {
        "title": TITLE,
        "council": store.profile.name,
        "dated": dated_words(found.ground),
        "tags": list(report.basis),
        "mode": state.mode,
        "way": MODES[state.mode],
        "ways": [{"key": key, "words": f"{words[0].upper()}{words[1:]}", "chosen": key == state.mode}
                 for key, words in MODES.items()],
        "carried": [one for one in state.fields if one[0] != "mode"],
        "sections": [one for one in SECTIONS if one[0] not in lacking],
        "headline": headline_view(found, report),
        "map": reach_map(store, found.ground, found.travel),
        "reach": reach_view(found, report),
        "small": small_view(store, found),
        "unreached": unreached(found),
        "centres": centres_view(found, state),
        "supply": supply_view(found, report),
        "form": form_view(store, found.ground, state, typed),
        "plan": plan_view(store, plan, state) if plan else None,
        "soon": soon,
        "specialist": specialist,
        "notes": list(report.notes),
        "files": [{"words": kind.upper(),
                   "address": f"{PAGE}/reach.{kind}?mode={state.mode}&snapshot={store.snapshot.id}"}
                  for kind in KINDS],
        "snapshot": store.snapshot.id,
    }  # fmt: skip
