"""From the start to the first text on the screen, before any answer; processor time is that of the program alone."""

from harness import peers, server
from harness.statistic import interleaved, medians

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


def painted(start):
    program = start()
    if program is None:
        return None
    figures = program.first_text()
    program.quit()
    return figures


def first(starts, index):
    return medians(starts, lambda figures: figures and figures[index])
