"""Which primary need each of the demonstration's EHC plans has, and where it is provided.

The stock by need is fixed at three dates, so that the printed growth from January 2019 to July 2022 comes out: autistic
spectrum disorder 49 %, speech, language and communication 37 %, multi-sensory impairment 60 %, profound and multiple
learning difficulty 59 %. The printed 75 % for "specific learning difficulty (SLD)" is given to neither, since SLD is
severe and SPLD specific. DS (Down syndrome) is not used: the return did not know it by January 2025.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.demo.ehc_dates import FIRST_DAY, LAST_DAY
from geodata.demo.people import age_on, as_day

NOT_RECORDED = ""
"""Plans without a recorded need; 70 of them in the return of January 2025."""

STOCK_BY_NEED: Mapping[date, Mapping[str, int]] = {
    FIRST_DAY: {
        "MSI": 20, "OTH": 6, "PMLD": 44, "VI": 55, "HI": 72, "SLD": 125, "PD": 200, "SPLD": 150, "MLD": 620,
        "SEMH": 640, "SLCN": 934, "ASD": 1168, NOT_RECORDED: 20,
    },
    date(2022, 7, 31): {
        "MSI": 32, "OTH": 8, "PMLD": 70, "VI": 70, "HI": 92, "SLD": 145, "PD": 250, "SPLD": 245, "MLD": 702,
        "SEMH": 1040, "SLCN": 1280, "ASD": 1740, NOT_RECORDED: 30,
    },
    LAST_DAY: {
        "MSI": 43, "OTH": 9, "PMLD": 79, "VI": 83, "HI": 106, "SLD": 160, "PD": 294, "SPLD": 364, "MLD": 735,
        "SEMH": 1380, "SLCN": 1592, "ASD": 2302, NOT_RECORDED: 70,
    },
}  # fmt: skip
"""The last is published (SEN2, DfE 2025 release); the earlier two hold the printed growth and are else assumed."""

EARLY, OFTEN_LATE, LATE = (1.6, 0.9, 0.7), (0.3, 1.1, 1.7), (0.1, 1.2, 1.2)
START_AGE_FACTORS: Mapping[str, tuple[float, float, float]] = {
    "MSI": EARLY, "PMLD": EARLY, "VI": EARLY, "HI": EARLY, "SLD": EARLY, "PD": EARLY, "SLCN": (2.0, 1.0, 0.6),
    "SPLD": LATE, "MLD": (0.6, 1.2, 1.0), "SEMH": OFTEN_LATE,
}  # fmt: skip
"""How much likelier a need is when the plan starts before 6, at 6 to 10, and later. Assumed."""

SCHOOL_PROVISIONS = ("mainstream", "base", "special", "independent", "alternative", "other")
SCHOOL_SHARES: Mapping[str, tuple[float, ...]] = {
    "ASD": (0.50, 0.045, 0.34, 0.045, 0.005, 0.065), "SLCN": (0.68, 0.055, 0.20, 0.01, 0.005, 0.05),
    "SEMH": (0.52, 0.01, 0.24, 0.07, 0.06, 0.10), "MLD": (0.45, 0.03, 0.47, 0.01, 0.005, 0.035),
    "SLD": (0.06, 0.01, 0.88, 0.02, 0, 0.03), "PMLD": (0.02, 0, 0.93, 0.02, 0, 0.03),
    "SPLD": (0.82, 0.04, 0.07, 0.03, 0.005, 0.035), "HI": (0.62, 0.20, 0.12, 0.03, 0, 0.03),
    "VI": (0.76, 0.08, 0.10, 0.03, 0, 0.03), "MSI": (0.45, 0.15, 0.34, 0.03, 0, 0.03),
    "PD": (0.68, 0.04, 0.22, 0.02, 0, 0.04), "OTH": (0.60, 0.02, 0.25, 0.03, 0.01, 0.09),
    NOT_RECORDED: (0.70, 0.03, 0.12, 0.02, 0.01, 0.12),
}  # fmt: skip
"""Need -> shares of `SCHOOL_PROVISIONS`, such that January 2025 comes near the published placements."""

SPECIAL_NEEDS = ("SLD", "PMLD", "MSI")
SIXTH_FORM_AGE, ADULT_AGE = 16, 19
COLLEGE_SHARE = {"sixth form": 0.44, "sixth form, special": 0.15, "adult": 0.72}
"""Share in further education from 16 to 18, the same for `SPECIAL_NEEDS`, and from 19."""


def draw_needs(plans: pd.DataFrame, rng: np.random.Generator) -> npt.NDArray[np.str_]:
    """Draw each plan's primary need so that the stock by need is `STOCK_BY_NEED` on each of its days.

    Parameters
    ----------
    plans : pandas.DataFrame
        born, start_date, end_date, from `geodata.demo.ehc_dates.draw_plans`.
    rng : numpy.random.Generator
        Seeded by the caller.

    Returns
    -------
    numpy.ndarray of str
        A code a plan, blank where none is recorded.
    """
    born, start, end = (plans[key].to_numpy().astype("datetime64[D]") for key in ("born", "start_date", "end_date"))
    age_at_start = age_on(born, start)
    needs = np.full(len(plans), "?", dtype="<U4")
    for day, stock in STOCK_BY_NEED.items():
        started = start <= as_day(day)
        is_open = started & (np.isnat(end) | (end > as_day(day)))
        fresh = np.flatnonzero((needs == "?") & is_open)
        left = {need: count - int(((needs == need) & is_open).sum()) for need, count in stock.items()}
        needs[fresh] = _deal(left, age_at_start[fresh], rng)
        # Plans that came and went between two of the days have the mix of the second.
        passing = np.flatnonzero((needs == "?") & started)
        shares = np.array(list(stock.values())) / sum(stock.values())
        needs[passing] = rng.choice(np.array(list(stock)), passing.size, p=shares)
    return needs


def _deal(left: Mapping[str, int], age: npt.NDArray[np.int64], rng: np.random.Generator) -> npt.NDArray[np.str_]:
    """Return a need for each plan: exactly as many of each as are left, likelier at the ages where it starts.

    Raises
    ------
    ValueError
        If more plans of a need outlived the day before than its stock allows.
    """
    if min(left.values()) < 0 or sum(left.values()) != age.size:
        raise ValueError(f"The stock by need cannot be met: {dict(left)} for {age.size} plans.")
    band = np.searchsorted([6, 11], age, side="right")
    dealt = np.full(age.size, "?", dtype="<U4")
    for need, count in left.items():
        open_to = np.flatnonzero(dealt == "?")
        factor = np.array(START_AGE_FACTORS.get(need, (1.0, 1.0, 1.0)))[band[open_to]]
        key = np.log(factor) + rng.gumbel(size=open_to.size)
        dealt[open_to[np.argsort(-key, kind="stable")[:count]]] = need
    return dealt


def draw_provision(
    needs: npt.NDArray[np.str_], age: npt.NDArray[np.int64], rng: np.random.Generator
) -> npt.NDArray[np.str_]:
    """Draw where each plan is provided, by need and age.

    Parameters
    ----------
    needs : numpy.ndarray of str
        From `draw_needs`.
    age : numpy.ndarray of int
        Years, when the plan ended or at the end of the file.
    rng : numpy.random.Generator
        Seeded by the caller.

    Returns
    -------
    numpy.ndarray of str
        Codes of the contract of ``ehc_plans``.
    """
    provision = np.full(needs.size, "other", dtype="<U17")
    for need, shares in SCHOOL_SHARES.items():
        rows = np.flatnonzero(needs == need)
        provision[rows] = rng.choice(SCHOOL_PROVISIONS, rows.size, p=np.array(shares) / sum(shares))
    special = np.isin(needs, SPECIAL_NEEDS)
    sixth_form = np.where(special, COLLEGE_SHARE["sixth form, special"], COLLEGE_SHARE["sixth form"])
    college = np.where(age >= ADULT_AGE, COLLEGE_SHARE["adult"], np.where(age >= SIXTH_FORM_AGE, sixth_form, 0.0))
    in_college = rng.random(needs.size) < college
    # Schools end at 19: who is older and not in a college is in a specialist institution, at work or at home.
    provision[(age >= ADULT_AGE) & (provision != "independent")] = "other"
    provision[in_college] = "further_education"
    return provision
