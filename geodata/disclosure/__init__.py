"""Disclosure control: what may be published about children, what has to be held back with it, and proof by attack."""
