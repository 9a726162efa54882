"""What every process that makes reports needs: loaded once by the server that starts them, then shared.

Importing this module is what warms: the libraries, the printed font, the ground of maps. What stands then is put out of
the garbage collector's sight, because its marks would turn shared pages into copies.
"""

import gc
from typing import Final

from dashboard.figures import geo, ruler
from dashboard.figures.printing import page
from dashboard.store.records import give_back

GROUND: Final = (
    ("range.geojson", "ISO_A3"), ("provinces.geojson", "province"), ("neighbours.geojson", "ISO_A3"),
)  # fmt: skip


page.prepare()
ruler.printable("")
for is_bold in (False, True):
    ruler.width("", 10, bold=is_bold)
geo.points()
for file, key in GROUND:
    geo.rings(file, key)
give_back()
gc.freeze()
