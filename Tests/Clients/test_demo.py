"""The demo is the picture of the project in the README: it must work as it is."""

import subprocess
import sys
from pathlib import Path

from stack import clean_environment


def test_the_demo_plays_to_its_end(binaries):
    script = Path(__file__).with_name("demo.py")
    result = subprocess.run(
        [sys.executable, script, "--bin", binaries], env=clean_environment(), capture_output=True, text=True, timeout=180)
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-4000:]
    assert "ended with 0, no process is left" in result.stdout
