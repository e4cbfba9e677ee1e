"""Imports from the page: a process of their own does the work, so that the serving one stays light and can stop it."""
