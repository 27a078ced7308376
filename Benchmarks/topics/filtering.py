"""The filter while it is typed, over 100,000 numbers that have been read."""

from harness import server
from harness.statistic import median, percentile
from harness.terminal import watch

NUMBERS = 100_000
TERMS = ["155510", "busin", "waba:1000", "conn", "acme 19", "nothing like it"]


def run(bench):
    delays, cpu = {}, {}
    with server.healthy(bench.binary, bench.folder, NUMBERS) as account:
        config = account.configuration(bench.folder, refresh="3600s", clock="off")
        for name, binary in bench.binaries.items():
            program = bench.dashboard(binary, config)
            program.wait_until_calm()
            delays[name], cpu[name] = typed(program)
            program.quit(b"\x03")
    what = f"filter while typing, {NUMBERS:,} numbers"
    bench.report.row(f"{what}, greatest, ms", {name: max(each) for name, each in delays.items()}, at_most=50)
    bench.report.row(f"{what}, p99, ms", {name: percentile(each, 0.99) for name, each in delays.items()}, at_most=50)
    bench.report.row(f"{what}, p50, ms", {name: median(each) for name, each in delays.items()})
    bench.report.row(f"{what}, greatest CPU of a key, ms", {name: max(each) for name, each in cpu.items()}, at_most=50)


def typed(program):
    """Each term is typed and taken back: milliseconds, and milliseconds of processor time, of each key."""
    delays, cpu = [], []
    program.press(b"/")
    for term in TERMS:
        for key in [*term.encode()] + [0x7F] * len(term):
            watch([program], 0.05)
            before = program.cpu
            frame = program.press(bytes([key]), quiet=0.1)
            cpu.append((program.cpu - before) * 1000)
            delays.append(frame.first if frame else 2_000)
    return delays, cpu
