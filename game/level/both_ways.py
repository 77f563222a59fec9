"""Flows that run both ways: beside each stands a flow of its own, which runs back where the rate is below 0.

So what runs forth and what runs back are counted, cut and drawn like all
other flows, on every backend.  What runs back in `exchange` is called
`exchange_back`.
"""

from __future__ import annotations

from typing import Any

BACK = "_back"


def with_ways_back(data: Any) -> Any:
    """Return data of a ruleset with the ways back of its flows as they are now."""
    flows = data.get("flows") if isinstance(data, dict) else None
    if not isinstance(flows, dict):
        return data
    kept = {name: flow for name, flow in flows.items() if not _runs_back(name, flow)}
    for name, flow in list(kept.items()):
        if isinstance(flow, dict) and flow.get("both_ways") is True and f"{name}{BACK}" not in kept:
            back = _way_back(name, flow)
            if back is not None:
                kept[f"{name}{BACK}"] = back
    return {**data, "flows": kept}


def _runs_back(name: Any, flow: Any) -> bool:
    return isinstance(flow, dict) and "back_of" in flow and name == f"{flow['back_of']}{BACK}"


def _way_back(name: str, flow: dict[str, Any]) -> dict[str, Any] | None:
    source, target, rate = (flow.get(key) for key in ("from", "to", "rate"))
    if not isinstance(source, str) or not isinstance(target, str) or not isinstance(rate, (str, float, int)):
        return None  # what is wrong with it is told of the flow itself
    kept = {key: flow[key] for key in ("plain", "per", "where", "source") if flow.get(key) is not None}
    words = f"{flow.get('name') or name.replace('_', ' ')}, back"
    return {**kept, "from": target, "to": source, "rate": f"0 - ({rate})", "name": words, "back_of": name}
