"""SEND sufficiency: demand, places, the gap between them, scenarios, the return and the back-test."""
