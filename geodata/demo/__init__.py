"""The demonstration council: real boundaries and postcodes, synthetic people who meet the published totals."""
