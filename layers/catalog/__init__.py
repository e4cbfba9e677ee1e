"""One file here is one layer on the map: the registry finds it by its ``LAYER``."""
