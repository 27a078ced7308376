"""What a process needs: processor time, memory, descriptors, threads."""

import dataclasses
import os
import subprocess
import tempfile
import time


@dataclasses.dataclass
class Finished:
    """A program that has run to its end."""
    status: int
    output: bytes
    wall: float
    cpu: float


def run(command, environment=None):
    """Runs a program; its processor time is its own, whatever else this process has started."""
    with tempfile.TemporaryFile() as output:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL,
                                   env=dict(os.environ, **(environment or {})))
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        return Finished(process.returncode, output.read(), wall, usage.ru_utime + usage.ru_stime)


def cpu(pid):
    """Seconds of processor time so far, of ended threads too, to the nanosecond: the process's own clock."""
    return time.clock_gettime((~pid << 3) | 2)


def wait(pid):
    """Seconds in which the first thread could have run, but other threads had the processors."""
    return int(open(f"/proc/{pid}/task/{pid}/schedstat").read().split()[1]) / 1e9


def resident(pid):
    """MiB of memory in use."""
    return _kilobytes(f"/proc/{pid}/status", "VmRSS:") / 1024


def proportional(pid):
    """MiB of memory in use, with what is shared counted in parts."""
    return _kilobytes(f"/proc/{pid}/smaps_rollup", "Pss:") / 1024


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def threads(pid):
    return _kilobytes(f"/proc/{pid}/status", "Threads:")


def _kilobytes(path, name):
    return next(int(line.split()[1]) for line in open(path) if line.startswith(name))
