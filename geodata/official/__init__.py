"""Open data from the official services: ONS Open Geography, GIAS, Explore Education Statistics.

`sources` says what there is and loads nothing slow. `download` opens connections; only the command ``fetch`` loads it.
"""
