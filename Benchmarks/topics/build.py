"""A clean release build in a clone of its own, with the dependencies fetched before."""

import os
import subprocess
import time

ROOT = os.path.join(os.path.dirname(__file__), "../..")


def run(bench):
    clone = os.path.join(bench.folder, "clone")
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
    scratch = ["--package-path", clone, "--scratch-path", os.path.join(bench.folder, "build")]
    subprocess.run(["swift", "package", *scratch, "resolve"], check=True, capture_output=True)
    before, began = os.times(), time.perf_counter()
    build = ["swift", "build", *scratch, "-c", "release", "--product", "wabatop"]
    subprocess.run(build, check=True, capture_output=True)
    wall, after = time.perf_counter() - began, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    bench.report.row("clean release build, seconds", {"wabatop": wall}, at_most=180)
    bench.report.row("clean release build, CPU seconds", {"wabatop": cpu})
