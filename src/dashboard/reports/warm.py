"""What every process that makes reports needs: loaded once by the server that starts them, then shared.

Importing this module is what warms: the libraries, the printed font, the ground of maps. What stands then is put out of
the garbage collector's sight, because its marks would turn shared pages into copies.
"""

import ctypes
import gc
from contextlib import suppress
from typing import Final

from dashboard.figures import geo, ruler
from dashboard.figures.printing import page

__all__ = ["trim"]

GROUND: Final = (
    ("range.geojson", "ISO_A3"), ("provinces.geojson", "province"), ("neighbours.geojson", "ISO_A3"),
)  # fmt: skip


def trim() -> None:
    """Give freed memory back to the machine; glibc keeps it otherwise. Elsewhere nothing happens."""
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


page.prepare()
ruler.printable("")
for is_bold in (False, True):
    ruler.width("", 10, bold=is_bold)
geo.points()
for file, key in GROUND:
    geo.rings(file, key)
trim()
gc.freeze()
