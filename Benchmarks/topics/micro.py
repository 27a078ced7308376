"""The benchmarks in Swift: polls and answers without a network, frames without a terminal, a month of history."""

import os
import subprocess

HERE = os.path.join(os.path.dirname(__file__), "..")
RUNS = {
    "Polls": [["PollBench", "sweep"], ["PollBench", "rounds"]],
    "Frames": [["frames", "keys", "10000", "80x24"], ["frames", "keys", "10000", "160x50"],
               ["frames", "filter", "100000", "80x24", "waba:200"], ["frames", "sweep", "100000", "160x50"]],
    "Service": [["ServiceBench", "10000"]],
    "History": [["HistoryBench", "minute"], ["HistoryBench", "month", "2000"]],
}


def run(bench):
    for package, commands in RUNS.items():
        if not os.path.isdir(os.path.join(HERE, package)):
            bench.report.left_out(package, "not in this clone")
            continue
        build = ["swift", "build", "-c", "release", "--package-path", os.path.join(HERE, package)]
        subprocess.run(build, check=True, capture_output=True)
        folder = subprocess.run([*build, "--show-bin-path"], check=True, capture_output=True, text=True).stdout.strip()
        for command in commands:
            subprocess.run([os.path.join(folder, command[0]), *command[1:]], check=True)
