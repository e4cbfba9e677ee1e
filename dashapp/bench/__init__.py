"""Measured speed, as medians and ratios within one run; never part of the tests, whose machines are noisy."""
