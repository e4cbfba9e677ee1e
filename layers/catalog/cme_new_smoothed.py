"""Children missing education: new cases per 1,000 residents aged 5 to 15, smoothed for small areas."""

from layers.cme.rates import NEW, smoothed

LAYER = smoothed(NEW)
