#!/usr/bin/env python3
"""Measures wabatop against its budgets, a former binary and its peers, all in one run.

    swift build -c release
    python3 Benchmarks/all.py                                   # all, in about 20 minutes
    python3 Benchmarks/all.py --quick --only keys --only start  # some, in shorter rounds
    python3 Benchmarks/all.py --former OTHER/wabatop --build    # beside another binary, and a clean build

Needs Python's standard library. What else is installed is used: nginx and openssl (TLS), cc and ncurses (what
is counted, and the floor), curl, htop, btop, prometheus-blackbox-exporter, pycurl with orjson. On a machine that
does other work, milliseconds are worth most with `nice -n -15` before it.
"""

import argparse
import os
import sys
import tempfile
import time
import traceback

sys.dont_write_bytecode = True

from harness.bench import Bench
from harness.report import Report
from harness.terminal import Program
from topics import build, dashboard, filtering, keys, micro, output, polls, serve, soak, start, sweep

TOPICS = {
    "polls": polls, "dashboard": dashboard, "keys": keys, "sweep": sweep, "start": start, "filter": filtering,
    "output": output, "serve": serve, "soak": soak,
}
ON_REQUEST = {"build": build, "micro": micro}


def main():
    options = arguments()
    began = time.monotonic()
    report = Report()
    binaries = {"wabatop": os.path.abspath(options.binary)}
    if options.former:
        binaries["former"] = os.path.abspath(options.former)
    report.header(binaries)
    names = options.only or list(TOPICS)
    names += [name for name in ON_REQUEST if getattr(options, name) and name not in names]
    failed = []
    for name in names:
        topic = (TOPICS | ON_REQUEST)[name]
        report.topic(f"{name}: {topic.__doc__}")
        with tempfile.TemporaryDirectory(prefix="wabatop-") as folder:
            try:
                topic.run(Bench(binaries, folder, report, options.quick))
            except Exception:  # the other topics are still worth their time
                traceback.print_exc()
                failed.append(name)
                for program in list(Program.running):
                    program.quit()
    report.summary(began)
    return f"could not measure: {', '.join(failed)}" if failed else 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=".build/release/wabatop")
    parser.add_argument("--former", help="another wabatop, to compare with")
    parser.add_argument("--only", action="append", choices=[*TOPICS, *ON_REQUEST], metavar="TOPIC",
                        help=", ".join([*TOPICS, *ON_REQUEST]))
    parser.add_argument("--quick", action="store_true", help="shorter rounds")
    parser.add_argument("--build", action="store_true", help="a clean release build too, which takes minutes")
    parser.add_argument("--micro", action="store_true", help="the benchmarks in Swift too, which have to be built")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
