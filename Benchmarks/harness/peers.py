"""Programs to compare a terminal program with."""

import contextlib
import os
import shutil
import signal
import subprocess

from harness import native
from harness.terminal import Program

DOWN = b"\x1bOB"


def floor(bench, size="80x24"):
    """A table of 10,000 rows in C, or None."""
    binary = native.compiled("floor.c", bench.folder, "-lncursesw", "-ltinfo")
    if binary is None:
        return bench.report.left_out("floor", "needs cc and ncurses")
    return Program([binary], size, bench.folder)


def htop(bench, size="80x24"):
    return _installed(bench, ["htop", "-d", "100"], size)


def btop(bench, size="80x24"):
    return _installed(bench, ["btop", "--utf-force"], size)


def _installed(bench, command, size):
    if not shutil.which(command[0]):
        return bench.report.left_out(command[0], "not installed")
    return Program(command, size, bench.folder)


@contextlib.contextmanager
def processes(count=300):
    """So many that sleep, for htop to show."""
    script = f"for i in $(seq {count}); do sleep 900 & done; wait"
    shell = subprocess.Popen(["sh", "-c", script], start_new_session=True)
    try:
        yield
    finally:
        os.killpg(shell.pid, signal.SIGTERM)
        shell.wait()
