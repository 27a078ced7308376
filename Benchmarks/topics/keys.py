"""What a key costs while 10,000 numbers of all providers are polled, from the key to the first byte of its frame."""

import random

from harness import peers, server
from harness.statistic import median, percentile
from harness.terminal import watch

NUMBERS = 10_000
#             p50, p99, CPU, bytes, 100 at once
BUDGETS = {"80x24": (1, 10, 0.6, 260, 5), "160x50": (1.5, 10, 1, 500, 5)}


def run(bench):
    world = ["--numbers", str(NUMBERS), "--scenario", "standard"]
    with server.simulated(bench.binary, bench.folder, *world) as text, peers.processes():
        config = server.adjusted(text, bench.folder, "keys", refresh="60s", clock="on")
        for size in BUDGETS:
            measure(bench, config, size)


def measure(bench, config, size):
    programs = {name: bench.dashboard(binary, config, size) for name, binary in bench.binaries.items()}
    for program in programs.values():
        program.wait_until_calm(busy=0.25, beside=programs.values())
    programs |= {"floor": peers.floor(bench, size), "htop": peers.htop(bench, size)}
    programs = {name: program for name, program in programs.items() if program}
    keys = {name: peers.DOWN if name == "htop" else b"j" for name in programs}
    rows = int(size.split("x")[1])
    for name, program in programs.items():
        for _ in range(rows):  # to the last row of the screen: from here each key scrolls
            program.press(keys[name], timeout=0.2)
    background = rate_of_cpu(programs, bench.rounds(15, 5))
    frames, cpu = pressed(programs, keys, bench.rounds(200, 50), background)
    p50, p99, cpu_limit, bytes_limit, at_once = BUDGETS[size]
    delays = {name: [frame.first for frame in each] for name, each in frames.items()}
    report = bench.report
    report.row(f"key, {size}, p50, ms", {name: median(each) for name, each in delays.items()}, at_most=p50)
    report.row(f"key, {size}, p99, ms", {name: percentile(each, 0.99) for name, each in delays.items()}, at_most=p99)
    report.row(f"key, {size}, CPU, ms", cpu, at_most=cpu_limit)
    sizes = {name: median([frame.bytes for frame in each]) for name, each in frames.items()}
    report.row(f"key, {size}, bytes", sizes, at_most=bytes_limit)
    report.row(f"100 keys at once, {size}, ms", hundred(programs, keys), at_most=at_once)
    for program in programs.values():
        program.quit()


def rate_of_cpu(programs, seconds):
    """What they need without a key, of a core."""
    before = {name: program.cpu for name, program in programs.items()}
    watch(programs.values(), seconds)
    return {name: (program.cpu - before[name]) / seconds for name, program in programs.items()}


def pressed(programs, keys, times, background):
    """Single keys in turn: the frames that answered, and milliseconds of processor time for each key."""
    frames = {name: [] for name in programs}
    cpu = dict.fromkeys(programs, 0.0)
    for _ in range(times):
        for name, program in programs.items():
            watch(programs.values(), random.uniform(0.02, 0.06))
            before = program.cpu
            frame = program.press(keys[name], timeout=0.5)
            if frame:
                cpu[name] += program.cpu - before - background[name] * (frame.last / 1000 + 0.02)
                frames[name].append(frame)
    return frames, {name: cpu[name] * 1000 / max(len(frames[name]), 1) for name in programs}


def hundred(programs, keys):
    """A hundred keys in one write, up to the last byte."""
    delays = {name: [] for name in programs}
    for _ in range(5):
        for name, program in programs.items():
            watch(programs.values(), 0.2)
            frame = program.press(keys[name] * 100)
            delays[name].append(frame and frame.last)
    return {name: median(each) for name, each in delays.items()}
