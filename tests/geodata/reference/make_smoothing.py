"""Write smoothing_esda.json anew: random counts of areas, and what esda's Empirical_Bayes makes of them.

esda brings much that nothing else here needs, so it lives in an environment of its own:

    python -m venv esda && esda/bin/pip install esda==2.9.0
    esda/bin/python tests/geodata/reference/make_smoothing.py

esda goes on with a negative variance between areas, where Marshall takes 0; such draws are left out.
"""

import json
import random
import warnings
from pathlib import Path

import numpy as np

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from esda.smoothing import Empirical_Bayes

FILE = Path(__file__).with_name("smoothing_esda.json")
SEED = 1991
WANTED = 12


def _areas(rng, size, spread):
    bases = [rng.randint(20, 2_000) for _ in range(size)]
    chances = [0.02 * rng.choice([1, spread]) for _ in bases]
    counts = [sum(rng.random() < chance for _ in range(base)) for chance, base in zip(chances, bases, strict=True)]
    return counts, bases


def _varies(counts, bases):
    """Return whether the rates vary more than Poisson counts would by chance."""
    counts, bases = np.array(counts), np.array(bases)
    mean = counts.sum() / bases.sum()
    return (bases * (counts / bases - mean) ** 2).sum() / bases.sum() > mean / bases.mean()


def main():
    """Write the file: counts, bases and smoothed rates of each draw."""
    rng, found = random.Random(SEED), []
    while len(found) < WANTED:
        counts, bases = _areas(rng, rng.choice([2, 5, 16, 49]), rng.choice([1, 3, 10]))
        if _varies(counts, bases):
            rates = Empirical_Bayes(np.array(counts), np.array(bases)).r.ravel().tolist()
            found.append({"counts": counts, "bases": bases, "rates": rates})
    FILE.write_text(
        json.dumps(found, separators=(",", ":")).replace('{"counts"', '\n{"counts"') + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
