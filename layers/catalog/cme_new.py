"""Children missing education: cases opened in a year or month, per 1,000 residents aged 5 to 15."""

from layers.cme.rates import NEW

LAYER = NEW
