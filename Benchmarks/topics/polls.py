"""Polls of `check` per second of processor time, from the request to the verdict, and what it allocates."""

import importlib.util
import json
import os
import shutil
import sys

from harness import native, process, server
from harness.statistic import interleaved, medians

NUMBERS = 10_000
BUDGET = {"http": 10_000, "https": 7_000}


def run(bench):
    for scheme in ("http", "https"):
        what = f"check, {scheme}, {NUMBERS:,} numbers, c=64, polls per CPU-second"
        with server.healthy(bench.binary, bench.folder, NUMBERS, tls=scheme == "https") as account:
            if account is None:
                bench.report.left_out(what, "needs nginx and openssl")
                continue
            results = interleaved(bench.rounds(5, 2), contenders(bench, account))
            polls = medians(results, lambda each: NUMBERS / each.cpu)
            bench.report.row(what, polls, at_least=BUDGET[scheme])
            bench.report.row(f"check, {scheme}, polls per second", medians(results, lambda each: NUMBERS / each.wall))
            if scheme == "http":
                allocations(bench, account)


def contenders(bench, account):
    config = account.configuration(bench.folder)
    programs = {name: lambda binary=binary: check(binary, config, NUMBERS) for name, binary in bench.binaries.items()}
    peers = {"curl": curl(bench, account), "pycurl + orjson": pycurl(bench, account)}
    for name, command in peers.items():
        if command:
            programs[name] = lambda command=command: process.run(command)
        else:
            bench.report.left_out(name, "not installed")
    return programs


def check(binary, config, count, environment=None):
    result = process.run([binary, "check", "--config", config, "--output", "json", "--timeout", "300s"], environment)
    summary = json.loads(result.output)["summary"]
    if summary["ok"] != count:
        raise RuntimeError(f"not all of {count} numbers answered: {summary}")
    return result


def curl(bench, account):
    """Throws the answers away: what the requests alone cost."""
    if not shutil.which("curl"):
        return None
    path = os.path.join(bench.folder, "curl.conf")
    with open(path, "w") as file:
        file.writelines(f'url = "{url}"\noutput = /dev/null\n' for url in account.urls())
    trust = ["--cacert", account.ca_file] if account.ca_file else []
    key = ["-H", f"X-API-Key: {account.api_key}"]
    return ["curl", "-sS", "--parallel", "--parallel-max", "64", *key, *trust, "-K", path]


def pycurl(bench, account):
    """Reads the answers, and does nothing with them."""
    if not all(importlib.util.find_spec(name) for name in ("pycurl", "orjson")):
        return None
    path = os.path.join(bench.folder, "urls")
    with open(path, "w") as file:
        file.write("\n".join(account.urls()))
    script = os.path.join(native.HERE, "pycurl_peer.py")
    return [sys.executable, script, path, account.api_key, account.ca_file]


def allocations(bench, account):
    """The difference of two sweeps, so that what the start and the configuration take does not count."""
    what = "allocations per poll"
    if native.heap(bench.folder) is None:
        return bench.report.left_out(what, "needs cc")
    figures = {}
    for name, binary in bench.binaries.items():
        few, many = (counted(bench, binary, account, count) for count in (2_000, NUMBERS))
        figures[name] = (many - few) / 8_000 if few else None
    bench.report.row(what, figures, at_most=100)


def counted(bench, binary, account, count):
    heap = native.heap(bench.folder)
    check(binary, account.configuration(bench.folder, count), count, heap.environment)
    return heap.values[0]
