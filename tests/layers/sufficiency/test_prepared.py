import layers.sufficiency.prepared as module
from layers.sufficiency.prepared import ensure_forecast


def test_a_forecast_is_worked_out_once(monkeypatch, demo_store):
    kept = []
    monkeypatch.setattr(module, "kept_demand", lambda _store: kept[0] if kept else None)
    monkeypatch.setattr(module, "demand_of", lambda _store: kept.append("demand") or "demand")
    monkeypatch.setattr(module, "backtest_of", lambda _store: None)
    found = module.ensure_forecast.__wrapped__(demo_store)
    assert (found.demand, found.backtest, found.worked_out) == ("demand", None, True)
    assert module.ensure_forecast.__wrapped__(demo_store).worked_out is False
    assert ensure_forecast.__name__ == "ensure_forecast"
