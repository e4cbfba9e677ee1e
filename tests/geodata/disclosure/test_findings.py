import numpy as np

from geodata.disclosure.core import Bounds, Threshold
from geodata.disclosure.findings import Attacked, nested, recoverable, revised
from geodata.disclosure.joined import join
from geodata.disclosure.nesting import Difference

PARTNER = Threshold("partner", smallest=5, fewest_families=1, least_base=1, base_of_rounding=1, width=6)


def attacked(releases, low, high, pairs=(), ours=1):
    ends = Bounds(np.array(low, dtype=float), np.array(high, dtype=float))
    return Attacked(tuple(releases), ours, join(releases, [one.snapshot for one in releases]), ends, tuple(pairs), {})


def ranges(release, *spans):
    """Return what is found of held-back cells that have these ranges."""
    places = {f"a{at}/all": "c" for at in range(len(spans))}
    made = attacked([release(places)], [low for low, _ in spans], [high for _, high in spans])
    return [(one.key[1], one.sure) for one in recoverable(made, PARTNER)]


def test_narrow_and_small_or_one_count_left(release):
    assert ranges(release, (0, 5), (5, 9), (6, 9), (9, 9), (0, 6), (0, np.inf)) == [
        ("a0", True),
        # 5 to 9 may be a count that was held back for others' sake.
        ("a1", False),
        ("a3", False),
    ]


def test_releases_of_others_are_not_judged(release):
    both = [release({"aylesbury/all": "c"}), release({"wycombe/all": "c"}, "theirs")]
    assert [one.release for one in recoverable(attacked(both, [2, 2], [3, 3]), PARTNER)] == ["this release"]
    assert len(recoverable(attacked(both, [2, 2], [3, 3], ours=2), PARTNER)) == 2


def test_differences_among_others_figures_are_theirs(release):
    both = [release({"county/all": 50}), release({"county/all": 50, "aylesbury/all": 46}, "theirs")]
    pair, theirs = Difference(0, 2, 4, 4, -1), Difference(1, 2, 4, 4, -1)
    made = nested(attacked(both, [50, 50, 46], [50, 50, 46], [pair, theirs]), PARTNER)
    assert [one.key for one in made] == [("plans", "county all less aylesbury all")]


def test_only_a_small_revision_is_told(release):
    def told(now, before):
        both = [release({"county/all": now}, snapshot="06"), release({"county/all": before}, "May", snapshot="05")]
        return [(one.low, one.high) for one in revised(attacked(both, [now, before], [now, before], ours=2), PARTNER)]

    assert told(50, 48) == told(48, 50) == [(2, 2)]
    assert told(50, 50) == told(50, 30) == []
