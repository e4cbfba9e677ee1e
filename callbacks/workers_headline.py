"""The first screen of the page on link workers: what the plan changes against today, in five figures and a sentence."""

from __future__ import annotations

from callbacks.figures import Answer
from callbacks.workers_desk import Desk, Shown
from callbacks.workers_plans import Pair
from callbacks.workers_state import PROPOSED, TODAY
from callbacks.workers_words import hours, hours_over, km, km_change, outside_words, proven
from layers.format import format_value, plural
from layers.link_workers.compare import Share, Totals, is_over, is_there, range_words

MOST_NAMED = 3
"""Posts over their hours that are named, those that are most over."""

STAY_OVER = "posts already over their hours stay over; none gets more"
"""What an in-year plan does about hours."""

ABSENT = "whose worker is absent or post vacant"


def headline_view(desk: Desk, pair: Pair) -> Answer:
    """Return the sentence and the cards of the first screen."""
    cards = [
        _without(desk, pair),
        _outside(desk, pair),
        *([_over(desk, pair)] if desk.work.posts else []),
        _km(desk, pair),
    ]
    if desk.work.posts:
        cards.append(_families(desk, pair))
    return {"lead": lead(desk, pair), "cards": cards, "proven": _proven(pair.now), "range": range_text(desk)}


def range_text(desk: Desk) -> str:
    """Return the range of schools per worker in words: "3 to 5 schools"."""
    return f"{range_words(desk.rules.least, desk.rules.most)} schools"


def lead(desk: Desk, pair: Pair) -> str:
    """Return the answer in a few sentences."""
    now = pair.now.totals
    given = now.schools - now.without - now.with_absent
    of_all = f"{format_value(given)} of {format_value(now.schools)}" if given < now.schools else f"all {given:,}"
    each = f"{format_value(now.average, 1)} schools each on average"
    if desk.work.posts:
        has = "school has" if now.schools == 1 else "schools have"
        who = plural(now.workers, "worker")
        parts = [f"{pair.now.words}: {of_all} {has} a worker who is present ({who}, {each})", *_lacking(now)]
        parts.append("nobody is over their hours" if not now.over else f"{plural(now.over, 'post')} over their hours")
        parts += [STAY_OVER] if now.over and desk.rules.keep and pair.now.key == PROPOSED else []
    else:
        parts = [f"{pair.now.words} hold {of_all} schools: {plural(now.workers, 'cluster')}, {each}"]
    sentence = "; ".join(parts) + "."
    if pair.beside is None or not desk.work.posts:
        return sentence
    other = pair.beside.totals
    change = km_change(other.km, now.km, signed=False)
    way = f"{change} km a week {'less' if other.km >= now.km else 'more'}"
    against = "today's sharing" if pair.beside.key == TODAY else pair.beside.words[0].lower() + pair.beside.words[1:]
    sentence += f" That is {way} than {against} (estimated, of workers who are present)"
    if not desk.handovers_known or (pair.now.key == TODAY and not now.changed):
        return f"{sentence}."
    return f"{sentence}; {families_words(now)}."


def _lacking(now: Totals) -> list[str]:
    """Say how many schools have nobody who comes: with an absent worker or a vacant post, and with none."""
    found = []
    if now.with_absent:
        found.append(f"{now.with_absent:,} {_have(now.with_absent)} one who is absent or a vacant post")
    if now.without:
        found.append(f"{now.without:,} {_have(now.without)} none")
    return found


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def families_words(found: Totals) -> str:
    """Say how many families would change their worker, and in how many schools."""
    who = "family" if found.families == 1 else "families"
    return f"{format_value(found.families)} {who} in {plural(found.changed, 'school')} would change worker"


def _card(key: str, title: str, value: str, unit: str, pair: Pair, was: str) -> Answer:
    """Return a card: the figure of the plan, and that of the plan beside it."""
    lines = [] if pair.beside is None else [f"{_beside_words(pair.beside)}: {was}"]
    return {"key": key, "title": title, "value": value, "unit": unit, "was": lines, "lines": []}


def _beside_words(beside: Shown) -> str:
    return "Today" if beside.key == TODAY else beside.words


def _other(pair: Pair) -> Totals:
    return pair.beside.totals if pair.beside else pair.now.totals


def _without(desk: Desk, pair: Pair) -> Answer:
    now, other = pair.now.totals, _other(pair)
    title = "Schools without a worker" if desk.work.posts else "Schools in no cluster"
    card = _card("without", title, format_value(now.without),
                 f"of {format_value(now.schools)}", pair, format_value(other.without))  # fmt: skip
    if now.with_absent:
        card["lines"].append(f"and {now.with_absent} {ABSENT}")
    if other.with_absent and pair.beside:
        card["was"][0] += f", and {other.with_absent} {ABSENT}"
    return card


def _outside(desk: Desk, pair: Pair) -> Answer:
    now, other = pair.now.totals, _other(pair)
    who = "Workers" if desk.work.posts else "Clusters"
    title = outside_words(desk.rules.least, desk.rules.most, who)
    card = _card("outside", title, format_value(now.outside), f"of {format_value(now.workers)}", pair,
                 f"{format_value(other.outside)} of {format_value(other.workers)}")  # fmt: skip
    card["lines"].append(f"{format_value(now.average, 1)} schools each on average")
    return card


def _over(desk: Desk, pair: Pair) -> Answer:
    now, other = pair.now, _other(pair)
    card = _card("over", "Workers over their hours", format_value(now.totals.over),
                 f"of {format_value(now.totals.workers)}", pair, format_value(other.over))  # fmt: skip
    if most := most_over(desk, now):
        said = [f"{one.post} by {hours_over(one, desk.posts[one.post])}" for one in most[:MOST_NAMED]]
        card["lines"].append(f"{'Most over: ' if len(most) > 1 else ''}{', '.join(said)} hours")
    card["lines"].append(f"{hours(now.totals.load_hours)} hours a week of load of workers who are present (assumed)")
    return card


def most_over(desk: Desk, now: Shown) -> list[Share]:
    """Return the workers over their hours who are present, those that are most over first."""
    found = [one for one in now.shares.values() if one.post in desk.posts and is_there(desk.posts[one.post])]
    over = [one for one in found if is_over(one, desk.posts[one.post])]
    return sorted(over, key=lambda one: desk.posts[one.post].capacity_hours - one.load_hours)


def _km(desk: Desk, pair: Pair) -> Answer:
    now, other = pair.now.totals, _other(pair)
    title = "Kilometres a week" if desk.work.posts else "Kilometres within clusters"
    unit = "estimated, of workers who are present" if desk.work.posts else "estimated"
    card = _card("km", title, km(now.km), unit, pair, km(other.km))
    if pair.beside and other.km:
        change = 100 * (now.km - other.km) / other.km
        card["lines"].append(f"{format_value(change, signed=True, suffix='%')}")
    return card


def _families(desk: Desk, pair: Pair) -> Answer:
    now = pair.now.totals
    if not desk.handovers_known:
        card = _card("families", "Families who would change worker", "not known", "", pair, "")
        lacking = "Import early help cases, and who has which school today, to count them"
        return {**card, "was": [], "lines": [lacking]}
    everyone = sum(one.families for one in desk.work.schools)
    unit = f"of {format_value(everyone)}"
    card = _card("families", "Families who would change worker", format_value(now.families), unit, pair,
                 format_value(_other(pair).families))  # fmt: skip
    if pair.beside and pair.beside.key == TODAY:
        card["was"] = ["Against today's sharing"]
    card["lines"].append(f"{plural(now.changed, 'school')} with another worker than today")
    return card


def _proven(now: Shown) -> str:
    """Say how good the plan is; nothing of one that nobody worked out."""
    return f"Under these rules it is {proven(now.plan)}." if now.plan.seconds else ""
