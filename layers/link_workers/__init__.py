"""Link workers: a fair, feasible sharing of schools among the posts there are."""
