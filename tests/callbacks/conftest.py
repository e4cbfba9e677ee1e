"""The figures of a council with every subject, so that every layer has something to show."""

import pytest

from callbacks.figures import Figures


@pytest.fixture(scope="session")
def subjects_figures(subjects_store):
    return Figures(subjects_store)
