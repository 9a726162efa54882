"""A fit stays below 150 MB, imports and all, because nothing of it needs pandas until its tables are asked for."""

import subprocess
import sys
from pathlib import Path

import pytest

MOST_MB = 150
FIT = """
import sys
from pathlib import Path
import numpy as np
from dashboard.analysis.occupancy import OccupancyData, colext
rng = np.random.default_rng(1)
y = (rng.random((605, 8, 5)) < 0.3).astype(float)
data = OccupancyData(y, {"hub": rng.standard_normal(605)}, {}, {"effort": rng.standard_normal(y.shape)})
fit = colext(data, "~ hub", "~ hub", "~ hub", "~ effort")
assert fit.n_parameters == 8 and np.isfinite(fit.aic)
status = Path("/proc/self/status").read_text()  # of this process alone; getrusage would count what started it
print("pandas" in sys.modules, int(status.split("VmHWM:")[1].split()[0]) // 1024)
assert len(fit.coef) == 8 and fit.vcov.shape == (8, 8)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak of a process")
def test_a_fit_of_605_districts_loads_no_pandas_and_stays_small():
    ran = subprocess.run([sys.executable, "-c", FIT], capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    with_pandas, peak = ran.stdout.split()
    assert with_pandas == "False"
    assert int(peak) <= MOST_MB
