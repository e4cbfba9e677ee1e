"""Files in, safe area tables out: profiles, areas, contracts, snapshots, the cube, rates and disclosure control.

The first of the four rooms. It imports none of the others, and neither plotly nor dash.
"""
