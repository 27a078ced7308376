"""What is written to a terminal that may be far away: a change, a minute without a key, a repaint."""

from harness import server
from harness.statistic import median
from harness.terminal import watch

SIZES = ["80x24", "160x50"]
CHANGE = """\
accounts:
  - { name: a, provider: kapso, count: 60 }
events:
  - { at: 25s, on: { account: a, number: 30 }, number: { quality: YELLOW } }
"""


def run(bench):
    change(bench)
    with server.simulated(bench.binary, bench.folder, "--numbers", "60", "--scenario", "standard") as text:
        idle(bench, text)


def change(bench):
    """One number of 60 turns from fine to a warning, so that its row moves to the top."""
    scenario = server.scenario(bench.folder, "change", CHANGE)
    with server.simulated(bench.binary, bench.folder, "--scenario", scenario) as text:
        configs = {"off": server.adjusted(text, bench.folder, "change", refresh="5s")}
        dashboards = by_size(bench, configs)
        written = watch(everyone(dashboards), 40, pause=0.06)
    for size, clocks in dashboards.items():
        figures = {name: changed(written[program].frames) for name, program in clocks["off"].items()}
        bench.report.row(f"one status changed and its row moved up, {size}, bytes", figures, at_most=150)
    for program in everyone(dashboards):
        program.quit()


def changed(frames):
    """The size of the first frame that shows a warning."""
    return next((len(frame) for frame in frames if b"WRN" in frame), None)


def idle(bench, text):
    """All of them side by side, after a minute in which ages still change every second."""
    configs = {clock: server.adjusted(text, bench.folder, f"clock-{clock}", refresh="600s", clock=clock)
               for clock in ("on", "off")}
    dashboards = by_size(bench, configs)
    programs = everyone(dashboards)
    watch(programs, 65)
    seconds = 60
    before = {program: program.cpu for program in programs}
    written = watch(programs, seconds)
    used = {program: (program.cpu - before[program]) * 100 / seconds for program in programs}
    for size, clocks in dashboards.items():
        for clock, budget in (("on", 200), ("off", 20)):
            what = f"without a key, {size}, clock {clock}"
            rates = {name: written[program].bytes / seconds for name, program in clocks[clock].items()}
            bench.report.row(f"{what}, bytes per second", rates, at_most=budget)
            cores = {name: used[program] for name, program in clocks[clock].items()}
            bench.report.row(f"{what}, % of a core", cores, at_most=0.2)
        repaints = {name: repaint(program) for name, program in clocks["off"].items()}
        bench.report.row(f"whole repaint, {size}, bytes", repaints, at_most=10_000 if size == "160x50" else None)
    for program in programs:
        program.quit()


def repaint(program):
    sizes = []
    for _ in range(3):
        watch([program], 0.3)
        frame = program.press(b"\x0c", quiet=0.06)
        sizes.append(frame and frame.bytes)
    return median(sizes)


def by_size(bench, configs):
    """Dashboards by size, by clock and by name."""
    return {size: {clock: {name: bench.dashboard(binary, config, size) for name, binary in bench.binaries.items()}
                   for clock, config in configs.items()}
            for size in SIZES}


def everyone(dashboards):
    return [program for clocks in dashboards.values() for programs in clocks.values() for program in programs.values()]
