"""From the start to the first text on the screen, before any answer; processor time is that of the program alone."""

import os
import shutil
import subprocess

from harness import peers, server
from harness.statistic import interleaved, medians

HISTORY_BENCH = os.path.join(os.path.dirname(__file__), "../History/.build/release/HistoryBench")
FULL = 10_000  # numbers, in accounts of a hundred, that changed five times a day for 30 days

#           milliseconds of time, of processor time
BUDGETS = {60: (None, 15), 10_000: (30, 25)}


def run(bench):
    with server.silent() as address:
        for count, (wall, cpu) in BUDGETS.items():
            account = server.Account(address, "kapso-demo-key", server.ids(count))
            config = account.configuration(bench.folder)
            programs = {name: lambda binary=binary: bench.dashboard(binary, config)
                        for name, binary in bench.binaries.items()}
            programs |= {"floor": lambda: peers.floor(bench), "btop": lambda: peers.btop(bench)}
            starts = interleaved(bench.rounds(15, 5), {name: lambda start=start: painted(start)
                                                       for name, start in programs.items()})
            bench.report.row(f"first paint, {count:,} numbers in the file, ms", first(starts, 0), at_most=wall)
            bench.report.row(f"first paint, {count:,} numbers in the file, CPU, ms", first(starts, 1), at_most=cpu)
        with_history(bench, address)


def with_history(bench, address):
    """A start with a full history: the first text, and the first name, which only the history knows."""
    what = f"start with a month of {FULL:,} numbers"
    if not os.path.exists(HISTORY_BENCH):
        return bench.report.left_out(what, "needs `swift build -c release` in Benchmarks/History")
    kept = os.path.join(bench.folder, "kept")
    subprocess.run([HISTORY_BENCH, "keep", kept, str(FULL)], check=True, stdout=subprocess.DEVNULL)
    ids = server.ids(FULL)
    config = server.accounts(bench.folder, address, {f"account{each}": ids[each * 100:each * 100 + 100]
                                                     for each in range(FULL // 100)})
    figures = []
    for _ in range(bench.rounds(9, 3)):
        program = bench.dashboard(bench.binary, config, before=lambda state: remembered(kept, state))
        painted = program.first_text()
        figures.append(painted + program.until(b"Acme "))
        program.quit()
    for index, (unit, budget) in enumerate((("first paint, ms", 30), ("first paint, CPU, ms", None),
                                            ("all that was known, ms", None), ("all that was known, CPU, ms", None))):
        values = {"wabatop": sorted(each[index] for each in figures)[len(figures) // 2]}
        bench.report.row(f"{what}, {unit}", values, at_most=budget)


def remembered(kept, state):
    shutil.copytree(kept, os.path.join(state, "wabatop"))


def painted(start):
    program = start()
    if program is None:
        return None
    figures = program.first_text()
    program.quit()
    return figures


def first(starts, index):
    return medians(starts, lambda figures: figures and figures[index])
