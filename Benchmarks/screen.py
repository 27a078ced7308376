#!/usr/bin/env python3
"""What the dashboard writes, and how fast, as the terminal at the other end sees it.

    swift build -c release
    python3 Benchmarks/screen.py                        # 10,000 numbers at 80x24 and 160x50
    python3 Benchmarks/screen.py --numbers 60 --refresh 600s --settle 60 --idle 60 --size 160x50

Runs `wabatop simulate` beside a dashboard in a pseudo-terminal, presses keys and counts bytes and
milliseconds. Only Python's standard library is needed. Medians of all presses; absolute figures move
with the machine, bytes don't.
"""

import argparse
import contextlib
import fcntl
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

QUIET = 0.06  # seconds without a byte after which a frame has ended


class Dashboard:
    """The program under test, in a pseudo-terminal of a given size."""

    def __init__(self, binary, config, width, height):
        self.born = time.perf_counter()
        self.pid, self.tty = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
            os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8", TZ="UTC")
            os.execv(binary, [binary, "--config", config, "--theme", "dark"])
        fcntl.ioctl(self.tty, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def frame(self, timeout, quiet=QUIET):
        """The next frame: bytes, and the seconds to its first byte; none within the time is (0, None)."""
        began, first, count = time.perf_counter(), None, 0
        while True:
            now = time.perf_counter()
            wait = began + timeout - now if first is None else quiet
            if wait <= 0 or not select.select([self.tty], [], [], wait)[0]:
                return count, first
            count += len(os.read(self.tty, 65536))
            first = first if first is not None else time.perf_counter() - began

    def first_paint(self):
        """Seconds from exec to the first text on the screen, and the bytes of that frame."""
        seen, count = b"", 0
        while b"wabatop" not in seen:
            part = os.read(self.tty, 65536)
            seen, count = seen + part, count + len(part)
        took = time.perf_counter() - self.born
        return took, count + self.frame(0.05)[0]

    def press(self, keys):
        os.write(self.tty, keys)

    def drain(self, seconds):
        end, count = time.perf_counter() + seconds, 0
        while (left := end - time.perf_counter()) > 0:
            if select.select([self.tty], [], [], left)[0]:
                count += len(os.read(self.tty, 65536))
        return count

    def cpu(self):
        """Seconds of processor time so far."""
        fields = open(f"/proc/{self.pid}/stat").read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident(self):
        """MiB of memory in use."""
        return int(open(f"/proc/{self.pid}/statm").read().split()[1]) * 4096 / 2**20

    def quit(self):
        began = time.perf_counter()
        self.press(b"q")
        try:
            while os.read(self.tty, 65536):
                pass
        except OSError:
            pass
        os.waitpid(self.pid, 0)
        return time.perf_counter() - began


def keys(dashboard, key, times, pause):
    """Presses a key again and again: bytes and milliseconds to the first byte, each press alone."""
    sizes, delays = [], []
    for _ in range(times):
        dashboard.drain(pause)
        dashboard.press(key)
        size, delay = dashboard.frame(0.5, quiet=0.02)
        if delay is not None:
            sizes.append(size)
            delays.append(delay * 1000)
    return sizes, sorted(delays)


def row(name, value):
    print(f"  {name:<44}{value}", flush=True)


def measure(binary, config, size, numbers, idle, settle):
    width, height = map(int, size.split("x"))
    print(f"{size}, {numbers} numbers")
    paints = []
    for _ in range(5):
        dashboard = Dashboard(binary, config, width, height)
        paints.append(dashboard.first_paint())
        dashboard.drain(0.2)
        dashboard.quit()
    row("first paint", f"{statistics.median(p[0] for p in paints) * 1000:.1f} ms,"
        f" {statistics.median(p[1] for p in paints):.0f} bytes")
    dashboard = Dashboard(binary, config, width, height)
    dashboard.first_paint()
    dashboard.drain(8)
    row("resident, once all are polled", f"{dashboard.resident():.0f} MiB")
    for name, key in [("one row down", b"j"), ("page down", b"\x06")]:
        sizes, delays = keys(dashboard, key, 40, 0.03)
        if delays:
            p99 = delays[min(len(delays) - 1, int(len(delays) * 0.99))]
            row(f"key to screen, {name}", f"p50 {statistics.median(delays):.2f} ms, p99 {p99:.2f} ms,"
                f" {statistics.median(sizes):.0f} bytes")
    dashboard.drain(0.3)
    began = time.perf_counter()
    dashboard.press(b"j" * 100)
    size, first = dashboard.frame(1)
    row("100 keys at once", f"{(time.perf_counter() - began - QUIET) * 1000:.1f} ms, {size} bytes")
    dashboard.press(b"\x0c")
    row("repaint (^L)", f"{dashboard.frame(1)[0]} bytes")
    dashboard.press(b"g")
    dashboard.drain(settle)
    busy, written = dashboard.cpu(), dashboard.drain(idle)
    row(f"{idle} s without a key", f"{written / idle:.0f} bytes/s,"
        f" {(dashboard.cpu() - busy) / idle * 100:.2f} % of a core")
    row("quit", f"{dashboard.quit() * 1000:.0f} ms")


CHANGE = """\
accounts:
  - { name: a, provider: kapso, count: 60 }
events:
  - { at: 25s, on: { account: a, number: 30 }, number: { quality: YELLOW } }
"""


def change(binary, folder, size):
    """One number of 60 turns from fine to a warning, so that its row moves to the top."""
    width, height = map(int, size.split("x"))
    scenario, config = os.path.join(folder, "change.yaml"), os.path.join(folder, "change-config.yaml")
    open(scenario, "w").write(CHANGE)
    with simulated(binary, ["--scenario", scenario], config, refresh="5s", clock="off"):
        dashboard = Dashboard(binary, config, width, height)
        dashboard.first_paint()
        seen, sizes, end = b"", [], time.perf_counter() + 45
        while b"WRN" not in seen and time.perf_counter() < end:
            if not select.select([dashboard.tty], [], [], 1)[0]:
                continue
            seen = os.read(dashboard.tty, 65536)
            while select.select([dashboard.tty], [], [], QUIET)[0]:
                seen += os.read(dashboard.tty, 65536)
            sizes.append(len(seen))
        row(f"one status changed, {size}", f"{sizes[-1]} bytes" if b"WRN" in seen else "not seen")
        dashboard.quit()


@contextlib.contextmanager
def simulated(binary, arguments, config, refresh, clock):
    """The simulator as a process of its own, and a configuration for it."""
    simulator = subprocess.Popen([binary, "simulate", "--port", "0", *arguments],
                                 stdout=open(config, "w"), stderr=subprocess.DEVNULL)
    try:
        while "refresh:" not in open(config).read():
            time.sleep(0.1)
        time.sleep(1)
        lines = [f"refresh: {refresh}" if line.startswith("refresh:") else line
                 for line in open(config).read().splitlines()]
        open(config, "w").write("\n".join([*lines, f"clock: {clock}", ""]))
        os.chmod(config, 0o600)
        yield
    finally:
        simulator.terminate()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=".build/release/wabatop")
    parser.add_argument("--numbers", type=int, default=10_000)
    parser.add_argument("--size", action="append")
    parser.add_argument("--idle", type=int, default=20, help="seconds")
    parser.add_argument("--settle", type=float, default=1, help="seconds before that")
    parser.add_argument("--clock", choices=["on", "off"], default="on")
    parser.add_argument("--refresh", default="60s")
    options = parser.parse_args()
    binary = os.path.abspath(options.binary)
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "config.yaml")
        os.environ["XDG_STATE_HOME"] = folder
        sizes = options.size or ["80x24", "160x50"]
        numbers = ["--numbers", str(options.numbers), "--scenario", "standard"]
        with simulated(binary, numbers, config, options.refresh, options.clock):
            for size in sizes:
                measure(binary, config, size, options.numbers, options.idle, options.settle)
        for size in sizes:
            change(binary, folder, size)


if __name__ == "__main__":
    sys.exit(main())
