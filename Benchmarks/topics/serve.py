"""`serve --listen`: memory and processor time while all is polled, and what a scrape costs."""

import os
import subprocess
import tempfile
import time
import urllib.request

from harness import process, server
from harness.statistic import median

#           MiB, CPU seconds per minute, CPU milliseconds of a scrape
BUDGETS = {10_000: (128, 4, 50), 100_000: (None, None, None)}
PATHS = ("/metrics", "/api/v1/numbers", "/wall")


def run(bench):
    for count, budgets in BUDGETS.items():
        with server.healthy(bench.binary, bench.folder, count) as account:
            served(bench, account, count, budgets)


def served(bench, account, count, budgets):
    resident, busy, scrape = budgets
    config = account.configuration(bench.folder, count)
    what = f"serve, {count:,} numbers, refresh 60 s"
    with serving(bench, config) as (pid, address):
        calm(address, count)
        before, began = process.cpu(pid), time.monotonic()
        time.sleep(bench.rounds(60, 20))
        minutes = (time.monotonic() - began) / 60
        bench.report.row(f"{what}, CPU seconds per minute",
                         {"wabatop": (process.cpu(pid) - before) / minutes}, at_most=busy)
        bench.report.row(f"{what}, resident, MiB", {"wabatop": process.resident(pid)}, at_most=resident)
        for path in PATHS:
            walls, sizes = asked(address + path, bench.rounds(9, 3))
            bench.report.row(f"GET {path} at {count:,} numbers, ms", {"wabatop": median(walls)},
                             at_most=scrape if path == "/metrics" else None)
            bench.report.row(f"GET {path} at {count:,} numbers, KiB", {"wabatop": median(sizes) / 1024})
        bench.report.row(f"{what}, resident after that, MiB", {"wabatop": process.resident(pid)})


class serving:
    """A process of its own with a state of its own: its pid and its address."""

    def __init__(self, bench, config):
        self.bench, self.config = bench, config

    def __enter__(self):
        port, folder = server.free_port(), self.bench.folder
        state = tempfile.mkdtemp(prefix="state-", dir=folder)
        environment = dict(os.environ, HOME=folder, XDG_STATE_HOME=state, XDG_CONFIG_HOME=folder)
        self.process = subprocess.Popen(
            [self.bench.binary, "--config", self.config, "serve", "--listen", f"127.0.0.1:{port}"],
            env=environment, stderr=subprocess.DEVNULL)
        server.wait_for(port)
        return self.process.pid, f"http://127.0.0.1:{port}"

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def calm(address, count):
    """Waits until each number was read."""
    for _ in range(240):
        text = urllib.request.urlopen(address + "/metrics").read().decode()
        states = {line.split('state="')[1].split('"')[0]: int(float(line.split()[-1]))
                  for line in text.splitlines() if line.startswith("wabatop_numbers{")}
        if states.get("available") == count:
            return time.sleep(5)
        time.sleep(1)
    raise TimeoutError(f"not all of {count:,} numbers were read: {states}")


def asked(url, rounds):
    """Milliseconds and bytes of each answer. Each is asked after a second, so that none is a kept one."""
    walls, sizes = [], []
    for _ in range(rounds):
        time.sleep(1.2)
        began = time.perf_counter()
        body = urllib.request.urlopen(url).read()
        walls.append((time.perf_counter() - began) * 1000)
        sizes.append(len(body))
    return walls, sizes
