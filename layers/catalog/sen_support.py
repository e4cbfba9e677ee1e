"""Pupils with SEN support, as a share of pupils, by the areas of the published figures."""

from layers.base import LayerInfo
from layers.indicator_layer import IndicatorLayer
from layers.indicators import INDICATORS

LAYER = IndicatorLayer(
    LayerInfo(
        key="sen_support",
        subject="Special educational needs",
        title="SEN support",
        plain="Pupils with SEN support (without an EHC plan), as a share of pupils",
        unit="of pupils",
        short_unit="% of pupils",
        counted=("pupil with SEN support", "pupils with SEN support"),
        base_noun=("pupil", "pupils"),
        source="Published figures, as imported",
        dataset=INDICATORS,
        needs="figures of the indicator sen_support by areas of this council",
        decimals=1,
        is_stock=True,
        order=44,
        method="Pupils with SEN support divided by pupils, both as published, with Wilson's limits. Figures of smaller "
        "areas are summed to larger ones that are made of whole ones, and only where every part was published.",
        suffix="%",
    ),
    indicator="sen_support",
)
