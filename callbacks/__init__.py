"""Answers to a person's actions: thin wiring over plain functions that are tested without a browser."""
