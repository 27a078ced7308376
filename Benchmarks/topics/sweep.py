"""Keys while many numbers are polled as fast as they answer; the floor beside it shows what the machine adds."""

from harness import peers, server
from harness.statistic import median, percentile
from harness.terminal import delays


def run(bench):
    for count in (10_000, 50_000, 100_000):
        with server.healthy(bench.binary, bench.folder, count) as account:
            # More than can be polled in time, so that the sweep never ends.
            config = account.configuration(bench.folder, refresh=f"{max(1, count // 20_000)}s")
            rounds = [one_round(bench, config) for _ in range(bench.rounds(2, 1))]
        figures = {name: sum((each[name] for each in rounds), []) for name in rounds[0]}
        what = f"key while {count:,} are swept"
        p99 = {name: percentile(each, 0.99) for name, each in figures.items()}
        bench.report.row(f"{what}, p99, ms", p99, at_most=10)
        bench.report.row(f"{what}, p50, ms", {name: median(each) for name, each in figures.items()})
        bench.report.row(f"{what}, greatest, ms", {name: max(each) for name, each in figures.items()})


def one_round(bench, config):
    """Delays by name; the floor is pressed beside wabatop."""
    figures = {}
    for name, binary in bench.binaries.items():
        programs = {name: bench.dashboard(binary, config)}
        programs[name].first_text()
        table = peers.floor(bench) if name == "wabatop" else None
        programs |= {"floor": table} if table else {}
        figures |= delays(programs, b"j", bench.rounds(20, 8))
        for program in programs.values():
            program.quit()
    return figures
