"""What is printed: the machine, and a row per figure with its budget, the former binary and the peers."""

import datetime
import os
import platform
import subprocess
import time


class Report:
    """Prints rows as they are measured, and counts which budgets are met."""

    def __init__(self):
        self.met, self.missed = 0, []

    def header(self, binaries):
        print(f"machine   {_processor()}, {os.cpu_count()} cores, {_memory()}, Linux {platform.release()}")
        print(f"date      {datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d %H:%M} UTC")
        for name, binary in binaries.items():
            built = datetime.datetime.fromtimestamp(os.path.getmtime(binary), datetime.timezone.utc)
            print(f"{name:<10}{_output([binary, '--version'])}, built {built:%Y-%m-%d %H:%M} UTC, {binary}")
        print(f"commit    {_commit()}")
        print("ratios    of wabatop to what stands beside it in the same run", flush=True)

    def topic(self, title):
        print(f"\n{title}  (load {os.getloadavg()[0]:.1f})", flush=True)

    def row(self, what, figures, at_most=None, at_least=None):
        """`figures` has wabatop's figure and those of others; without a limit it is there to compare."""
        value = figures["wabatop"]
        if value is None:
            return self.left_out(what, "not measured")
        limit = at_least if at_most is None else at_most
        good = limit is None or (value <= limit if at_least is None else value >= limit)
        if limit is not None:
            self.met += good
            self.missed += [] if good else [what]
        sign = "<=" if at_least is None else ">="
        budget = "" if limit is None else f"{sign} {_number(limit)} {'met' if good else 'MISSED'}"
        others = [f"{name} {_number(figure)}{_ratio(value, figure)}"
                  for name, figure in figures.items() if name != "wabatop" and figure is not None]
        print(f"  {what:<58}{_number(value):>9}  {budget:<18} {', '.join(others)}".rstrip(), flush=True)

    def left_out(self, what, reason):
        print(f"  {what:<58}left out: {reason}", flush=True)

    def summary(self, began):
        print(f"\n{self.met} budgets met, {len(self.missed)} missed, in {time.monotonic() - began:.0f} s")
        for what in self.missed:
            print(f"  missed: {what}")


def _number(value):
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _ratio(value, other):
    return f" ({value / other:.2f})" if other else ""


def _processor():
    lines = open("/proc/cpuinfo").read().splitlines()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory():
    kilobytes = int(open("/proc/meminfo").readline().split()[1])
    return f"{kilobytes / 2**20:.0f} GiB"


def _output(command):
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


def _commit():
    here = os.path.dirname(__file__)
    commit = _output(["git", "-C", here, "log", "-1", "--format=%h %cs %s"])
    changed = _output(["git", "-C", here, "status", "--porcelain", "--untracked-files=no"])
    return (commit or "not in a clone") + (", with changes" if changed else "")
