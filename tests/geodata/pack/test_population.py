"""Sharing whole persons equally."""

from geodata.pack.population import share_equally


def test_odd_persons_go_on_where_the_age_before_stopped():
    frame = share_equally([4, 5, 3], ["a", "b", "c"])
    persons = frame.pivot(index="atom", columns="age", values="persons")
    assert persons.sum().tolist() == [4, 5, 3]
    assert persons.sum(axis=1).tolist() == [4, 4, 4]
    assert persons.max().tolist() == [2, 2, 1]
