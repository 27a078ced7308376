#!/usr/bin/env python3
"""How many polls a second `wabatop check` makes, from the request to the verdict.

    swift build -c release
    python3 Benchmarks/polling.py --numbers 10000

The simulator is a process of its own on the same machine, so it takes its share of the cores; user
and system seconds are those of `check` alone.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import tempfile
import time


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=".build/release/wabatop")
    parser.add_argument("--numbers", type=int, default=10_000)
    parser.add_argument("--concurrency", type=int, default=64)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    binary = os.path.abspath(options.binary)
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "config.yaml")
        scenario = ["--numbers", str(options.numbers), "--scenario", "standard", "--port", "0"]
        simulator = subprocess.Popen(
            [binary, "simulate", *scenario], stdout=open(config, "w"), stderr=subprocess.DEVNULL)
        try:
            while "refresh:" not in open(config).read():
                time.sleep(0.1)
            time.sleep(1)
            text = open(config).read().splitlines()
            lines = [f"    concurrency: {options.concurrency}" if "    concurrency:" in line else line
                     for line in text]
            open(config, "w").write("\n".join(lines) + "\n")
            os.chmod(config, 0o600)
            walls, cpus = [], []
            for _ in range(options.runs):
                before = resource.getrusage(resource.RUSAGE_CHILDREN)
                began = time.perf_counter()
                result = subprocess.run(
                    [binary, "check", "--config", config, "--output", "json", "--timeout", "120s"],
                    capture_output=True)
                walls.append(time.perf_counter() - began)
                after = resource.getrusage(resource.RUSAGE_CHILDREN)
                cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
                summary = json.loads(result.stdout)["summary"]
            total = summary["total"]
            print(f"{total} numbers: {summary}")
            print(f"  wall {statistics.median(walls):.2f} s, {total / statistics.median(walls):.0f} polls/s")
            print(f"  cpu  {statistics.median(cpus):.2f} s, {total / statistics.median(cpus):.0f} polls/cpu-s")
        finally:
            simulator.terminate()


if __name__ == "__main__":
    main()
