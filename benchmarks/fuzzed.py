"""Ten thousand broken, hostile and mutated files: each gets rows or a message. Prints the time and the most memory.

python -m benchmarks.fuzzed [FILES]        (default 10000)
"""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
MOST_MB = 500

if __name__ == "__main__":
    count = int(sys.argv[1]) if sys.argv[1:] else 10_000
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/ingest/test_fuzzed_files.py", "-q", "-p", "no:cacheprovider"],
        cwd=ROOT, env={**os.environ, "DASHBOARD_FUZZED": str(count)},
    )  # fmt: skip
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
    print(f"{count:,} files: {time.monotonic() - begun:.0f} s, {memory:.0f} MB at most (limit {MOST_MB} MB)")
    raise SystemExit(done.returncode or memory > MOST_MB)
