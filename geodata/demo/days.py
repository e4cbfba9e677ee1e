"""The days at which the demonstration's lists count, and for which its records are complete."""

from __future__ import annotations

from datetime import date

from geodata.demo.ehc_dates import FIRST_DAY, LAST_DAY

SCHOOLS_DAY = date(2022, 5, 31)
"""The papers print schools and pupils as of May 2022; a month that names no day is taken at its end, as elsewhere."""

CENTRES_DAY = date(2022, 9, 8)
"""The committee was told of 15 family centres, and of about 400 families, on this day."""

CENTRES_OPENED = date(2019, 9, 2)
"""The Family Support Service and its centres began on this day."""

HOME_EDUCATION_DAY = date(2022, 7, 31)
"""The papers print 902 children educated at home as of July 2022."""

RECORDS_FROM = FIRST_DAY
"""First day for which plans and home education are complete; early help begins with its service."""

LOW_INCOME_DAY = date(2023, 3, 31)
"""The synthetic children in low-income families stand for the financial year that ends on this day."""

TODAY = LAST_DAY
"""What is "today" in the demonstration: the last day of its plans. Places, posts, schools of posts and housing count
at it."""
