"""What an open dashboard costs while healthy numbers are polled: processor time, bytes, memory and heap."""

import json
import os
import shutil
import subprocess
import threading
import urllib.parse
import urllib.request

from harness import native, process, server
from harness.terminal import watch

NUMBERS = 10_000


def run(bench):
    with server.healthy(bench.binary, bench.folder, NUMBERS) as account:
        polled(bench, account)
        refreshed(bench, account)
        memory(bench, account, 60, 30)
        heap_per_number(bench, account)


def polled(bench, account):
    """All of them at once, side by side."""
    programs = opened(bench, account.configuration(bench.folder))
    cpu, written = watched(programs, bench.rounds(60, 20))
    cpu = {name: each * 60 for name, each in cpu.items()} | {"blackbox_exporter": blackbox(bench, account)}
    bench.report.row(f"{NUMBERS:,} numbers, refresh 60 s, CPU seconds per minute", cpu, at_most=1.5)
    bench.report.row("the same, bytes per refresh of the screen, 80x24",
                     {name: each.bytes / max(len(each.frames), 1) for name, each in written.items()}, at_most=150)
    report_memory(bench, programs, NUMBERS, 64)


def refreshed(bench, account):
    """The screen alone: all numbers are read, and none is due for an hour."""
    programs = opened(bench, account.configuration(bench.folder, refresh="3600s"))
    cpu, written = watched(programs, 20)
    refreshes = {name: max(len(each.frames), 1) / 20 for name, each in written.items()}
    bench.report.row(f"{NUMBERS:,} numbers, none is due, CPU per refresh of the screen, ms",
                     {name: cpu[name] * 1000 / refreshes[name] for name in programs}, at_most=3)
    for program in programs.values():
        program.quit()


def opened(bench, config):
    programs = {name: bench.dashboard(binary, config) for name, binary in bench.binaries.items()}
    for program in programs.values():
        program.wait_until_calm(busy=0.25, beside=programs.values())
    return programs


def watched(programs, seconds):
    """By name: seconds of processor time a second, and what was written."""
    before = {name: program.cpu for name, program in programs.items()}
    written = watch(programs.values(), seconds)
    cpu = {name: (program.cpu - before[name]) / seconds for name, program in programs.items()}
    return cpu, {name: written[program] for name, program in programs.items()}


def memory(bench, account, count, budget):
    config = account.configuration(bench.folder, count)
    programs = {name: bench.dashboard(binary, config) for name, binary in bench.binaries.items()}
    watch(programs.values(), 8)
    report_memory(bench, programs, count, budget)


def report_memory(bench, programs, count, budget):
    for what, measure, limit in (("resident", process.resident, budget), ("proportional", process.proportional, None)):
        figures = {name: measure(program.pid) for name, program in programs.items()}
        bench.report.row(f"memory, {count:,} numbers, {what}, MiB", figures, at_most=limit)
    for program in programs.values():
        program.quit()


def heap_per_number(bench, account):
    """The slope between two sizes, once all numbers are polled."""
    what = "bytes of heap per number, beyond 2,000"
    if native.heap(bench.folder) is None:
        return bench.report.left_out(what, "needs cc")
    figures = {}
    for name, binary in bench.binaries.items():
        few, many = (heap_in_use(bench, binary, account, count) for count in (2_000, NUMBERS))
        figures[name] = (many - few) / 8_000 if few else None
    bench.report.row(what, figures, at_most=3_000)


def heap_in_use(bench, binary, account, count):
    heap = native.heap(bench.folder)
    program = bench.dashboard(binary, account.configuration(bench.folder, count, refresh="600s"),
                              environment=heap.environment)
    program.wait_until_calm()
    in_use = heap.values[1]
    program.quit()
    return in_use


def blackbox(bench, account):
    """A minute's probes of blackbox_exporter, which looks for a word in each answer."""
    exporter = shutil.which("prometheus-blackbox-exporter") or shutil.which("blackbox_exporter")
    if exporter is None:
        return bench.report.left_out("blackbox_exporter", "not installed")
    module = {"prober": "http", "http": {"headers": {"X-API-Key": account.api_key}, "preferred_ip_protocol": "ip4",
                                         "fail_if_body_not_matches_regexp": ['"overall_status": *"AVAILABLE"']}}
    path = os.path.join(bench.folder, "blackbox.json")
    with open(path, "w") as file:
        json.dump({"modules": {"kapso": module}}, file)
    port = server.free_port()
    command = [exporter, f"--config.file={path}", f"--web.listen-address=127.0.0.1:{port}", "--log.level=error"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        server.wait_for(port)
        urls = account.urls()[:bench.rounds(5_000, 1_000)]
        before = process.cpu(running.pid)
        probe(port, urls)
        return (process.cpu(running.pid) - before) * NUMBERS / len(urls)
    finally:
        running.terminate()
        running.wait()


def probe(port, urls):
    failures = []

    def some(part):
        for url in part:
            target = urllib.parse.quote(url, safe="")
            address = f"http://127.0.0.1:{port}/probe?module=kapso&target={target}"
            with urllib.request.urlopen(address) as answer:
                if b"probe_success 1" not in answer.read():
                    failures.append(url)

    threads = [threading.Thread(target=some, args=(urls[lane::8],)) for lane in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise RuntimeError(f"{len(failures)} probes of blackbox_exporter failed")
