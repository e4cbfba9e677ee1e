"""Family centres: who is far from help, where the next one goes, and what a new, moved or closed one changes."""
