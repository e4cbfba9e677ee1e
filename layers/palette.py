"""Colours: the Government Analysis Function's blues, filled out to five steps, on light and on dark."""

CLASS_COUNT = 5

SEQUENTIAL_LIGHT = ("#DCE8F4", "#A6C8E8", "#6BACE6", "#2073BC", "#12436D")
"""Few to many on a light ground."""

SEQUENTIAL_DARK = ("#173A5C", "#22629B", "#3F8FD1", "#86BDEB", "#D3E6F8")
"""Few to many on a dark ground: more is further from the ground in both."""


def steps(count: int) -> tuple[int, ...]:
    """Return which of the five colours `count` classes take, spread so that the ends stay apart.

    Parameters
    ----------
    count : int
        1 to `CLASS_COUNT`.
    """
    if not 1 <= count <= CLASS_COUNT:
        raise ValueError(f"A legend has 1 to {CLASS_COUNT} classes; got {count}.")
    if count == 1:
        return (CLASS_COUNT // 2,)
    return tuple(round(step * (CLASS_COUNT - 1) / (count - 1)) for step in range(count))
