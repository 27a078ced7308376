"""Keys while many numbers are polled as fast as they answer, with the history being written.

The floor beside it shows what the machine adds, and so does the time in which the screen's thread was ready to run but
other threads had the processors.
"""

from harness import peers, process, server
from harness.statistic import median, percentile
from harness.terminal import delays

HELP = b"?"  # answered by a frame at any time, also while the list is still empty
FIRST = 4  # seconds in which the numbers are listed and first read


def run(bench):
    for count in (10_000, 50_000, 100_000):
        with server.healthy(bench.binary, bench.folder, count) as account:
            # More than can be polled in time, so that the sweep never ends.
            config = account.configuration(bench.folder, refresh=f"{max(1, count // 20_000)}s")
            rounds = [one_round(bench, config) for _ in range(bench.rounds(2, 1))]
        figures = {name: sum((each[name] for each, _, _ in rounds), []) for name in rounds[0][0]}
        what = f"key while {count:,} are swept"
        p99 = {name: percentile(each, 0.99) for name, each in figures.items()}
        bench.report.row(f"{what}, p99, ms", p99, at_most=10)
        bench.report.row(f"{what}, p50, ms", {name: median(each) for name, each in figures.items()})
        bench.report.row(f"{what}, greatest, ms", {name: max(each) for name, each in figures.items()})
        first = {name: max(first[name] for _, first, _ in rounds) for name in bench.binaries}
        bench.report.row(f"key while {count:,} are first listed, greatest, ms", first)
        waits = {"wabatop": median([wait for _, _, wait in rounds])}
        bench.report.row(f"{what}, the screen's thread waited for a processor, ms per second", waits)


def one_round(bench, config):
    """Delays by name, the greatest delay of the first keys, and how long wabatop's first thread waited.

    The floor is pressed beside wabatop.
    """
    figures, first, waited = {}, {}, 0
    for name, binary in bench.binaries.items():
        program = bench.dashboard(binary, config)
        program.first_text()
        pressed = delays({name: program}, HELP, FIRST)[name]
        first[name] = max(pressed)
        if len(pressed) % 2:
            program.press(HELP)  # which closes it
        programs = {name: program}
        table = peers.floor(bench) if name == "wabatop" else None
        programs |= {"floor": table} if table else {}
        seconds, before = bench.rounds(20, 8), process.wait(program.pid)
        figures |= delays(programs, b"j", seconds)
        if name == "wabatop":
            waited = (process.wait(program.pid) - before) * 1000 / seconds
        for each in programs.values():
            each.quit()
    return figures, first, waited
