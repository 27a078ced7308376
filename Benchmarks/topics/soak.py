"""Faults of all kinds: nothing grows, and numbers that hang or are refused delay no key press."""

import time

from harness import native, process, server
from harness.statistic import median, percentile
from harness.terminal import delays, watch

POLLS = 60_000
NUMBERS = 1_000
HANGING_AND_REFUSED = """\
accounts:
  - { name: well, provider: kapso, count: 8000, listing: numbers }
  - { name: hangs, provider: kapso, count: 1000, listing: numbers }
  - { name: refused, provider: 360dialog, count: 1000 }
events:
  - { on: { account: hangs }, fault: silence, part: health }
  - { on: { account: refused }, key: revoked }
"""


def run(bench):
    for scenario in ("faults", "wire"):
        faults(bench, scenario)
    hanging_and_refused(bench)


def faults(bench, scenario):
    """Healthy numbers once a second, and faulty ones between them that are asked less and less often."""
    counter = native.requests(bench.folder)
    if counter is None:
        return bench.report.left_out(f"scenario {scenario}", "needs cc")
    polls = POLLS // 2 // bench.rounds(1, 4)
    arguments = ["--numbers", str(NUMBERS), "--scenario", scenario]
    with server.simulated(bench.binary, bench.folder, *arguments, environment=counter.environment) as text:
        config = server.adjusted(text, bench.folder, scenario, refresh="1s", concurrency=64)
        program = bench.dashboard(bench.binary, config)
        watch([program], 20)
        before, start = sampled(program), counter.values[0]
        began = time.perf_counter()
        while counter.values[0] - start < polls and time.perf_counter() - began < 300:
            watch([program], 1)
        sent, seconds = counter.values[0] - start, time.perf_counter() - began
        after = sampled(program)
        program.quit()
    # A fault may slow polls down, and never asks more often than once a refresh.
    bench.report.row(f"scenario {scenario}, requests per second", {"wabatop": sent / seconds}, at_most=NUMBERS)
    what = f"scenario {scenario}, {sent:,} requests, grown by"
    for index, (unit, budget) in enumerate((("descriptors", 8), ("threads", 2), ("MiB", 2))):
        bench.report.row(f"{what}, {unit}", {"wabatop": after[index] - before[index]}, at_most=budget)


def sampled(program):
    """Medians of some seconds: descriptors, threads, MiB."""
    samples = []
    for _ in range(11):
        watch([program], 0.5)
        pid = program.pid
        samples.append((process.descriptors(pid), process.threads(pid), process.resident(pid)))
    return [median(figures) for figures in zip(*samples)]


def hanging_and_refused(bench):
    scenario = server.scenario(bench.folder, "bad", HANGING_AND_REFUSED)
    figures = {}
    with server.simulated(bench.binary, bench.folder, "--scenario", scenario) as text:
        config = server.adjusted(text, bench.folder, "bad", refresh="10s", concurrency=64)
        for name, binary in bench.binaries.items():
            program = bench.dashboard(binary, config)
            program.first_text()
            figures |= delays({name: program}, b"j", bench.rounds(40, 12))
            program.quit()
    what = "keys beside 1,000 that hang and 1,000 refused"
    bench.report.row(f"{what}, p99, ms", {name: percentile(each, 0.99) for name, each in figures.items()}, at_most=10)
    bench.report.row(f"{what}, p50, ms", {name: median(each) for name, each in figures.items()})
