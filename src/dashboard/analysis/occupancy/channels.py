"""Confirmed and unconfirmed visits side by side, for the model with false reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from .data import BoolArray, OccupancyData, encode
from .design import Coding, Column, code
from .formula import Formula
from .problem import Problem

CHANNELS = ("confirmed", "unconfirmed")


def joined(confirmed: OccupancyData, unconfirmed: OccupancyData) -> tuple[OccupancyData, BoolArray]:
    """Both data sets as one, confirmed visits first, and which visits can be false (visits,).

    Adds the factor ``channel`` and the 0/1 covariates ``confirmed`` and ``unconfirmed``. A covariate of
    only one of the two keeps its name; a visit covariate is unknown in the other channel. Raises
    ``ValueError`` when units or periods differ.
    """
    for name, ours, theirs in (
        ("sites", confirmed.sites, unconfirmed.sites),
        ("seasons", confirmed.seasons, unconfirmed.seasons),
    ):
        if ours != theirs:
            raise ValueError(f"confirmed and unconfirmed data must have the same {name} in the same order")
    units, periods, first = confirmed.shape
    second = unconfirmed.shape[2]
    is_loose = np.arange(first + second) >= first
    grid = (units, periods, first + second)
    obs: dict[str, Any] = {
        "channel": np.broadcast_to(np.where(is_loose, *CHANNELS[::-1]), grid),
        "confirmed": np.broadcast_to(~is_loose, grid),
        "unconfirmed": np.broadcast_to(is_loose, grid),
    }
    for name in [*confirmed.obs_covs, *(n for n in unconfirmed.obs_covs if n not in confirmed.obs_covs)]:
        parts = [
            _of_shape(source.obs_covs.get(name), (units, periods, size))
            for source, size in ((confirmed, first), (unconfirmed, second))
        ]
        obs[name] = np.concatenate(parts, axis=2)
    return (
        OccupancyData(
            np.concatenate([confirmed.y, unconfirmed.y], axis=2),
            {**unconfirmed.site_covs, **confirmed.site_covs},
            {**unconfirmed.season_covs, **confirmed.season_covs},
            obs,
            confirmed.sites,
            confirmed.seasons,
            (*map("{} {}".format, ["confirmed"] * first, confirmed.visits or ()),
             *map("{} {}".format, ["unconfirmed"] * second, unconfirmed.visits or ())),
        ),
        is_loose,
    )  # fmt: skip


def _of_shape(given: Any, shape: tuple[int, int, int]) -> Any:
    if given is None:
        return np.full(shape, np.nan)
    values, levels = encode(given)
    if levels is None:
        return values.reshape(shape)
    texts = np.array([*levels, None], dtype=object)
    return texts[np.where(np.isnan(values), len(levels), values).astype(int)].reshape(shape)


def by_channel(problem: Problem, formula: Formula) -> Coding:
    """Apply *formula* to each channel: terms ``confirmed``, ``confirmed:x``, ``unconfirmed``, ..."""
    rows = problem.rows["p"]
    values = problem.values("p", rows)
    columns: list[Column] = []
    seen: dict[str, tuple[int, ...]] = {}
    factors: Mapping[str, tuple[str, ...]] = {}
    for position in np.unique(values["channel"]).astype(int):
        name = CHANNELS[position]
        within = {k: v[values["channel"] == position] for k, v in values.items()}
        coding = code(formula, problem.covariates, within)
        factors = {**factors, **coding.factors}
        for factor, levels in coding.seen.items():
            seen[factor] = tuple(sorted({*seen.get(factor, ()), *levels}))
        seen["channel"] = (*seen.get("channel", ()), int(position))
        columns += [
            replace(
                c,
                name=name if c.name == "1" else f"{name}:{c.name}",
                levels=(*c.levels, ("channel", position)),
            )
            for c in coding.columns
        ]
    factors = {**factors, "channel": CHANNELS}
    return Coding(problem.formulas["p"], tuple(columns), factors, seen)
