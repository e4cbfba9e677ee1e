"""One file here is one set of points on the map: it is found by its ``POINTS``."""
