"""Children missing education: cases open on a day, per 1,000 residents aged 5 to 15."""

from layers.cme.rates import OPEN

LAYER = OPEN
