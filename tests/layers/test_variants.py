"""A layer with a choice is one layer for each code."""

import dataclasses

import pytest

from layers.base import BaseLayer
from layers.registry import find_layer
from layers.variants import make_variants


def test_each_code_has_a_layer_that_knows_all():
    info = find_layer("cme_open").info
    words = {"a": "One", "b": "Two"}
    found = make_variants(words, lambda code: BaseLayer(dataclasses.replace(info, key="x", title=code)))
    assert list(found) == ["a", "b"]
    assert [layer.info.key for layer in found.values()] == ["x:a", "x:b"]
    assert [layer.info.title for layer in found.values()] == ["a", "b"]
    assert all(layer.variants == words for layer in found.values())


def test_the_words_cannot_be_changed():
    with pytest.raises(TypeError):
        find_layer("schools").variants["new"] = "New"
