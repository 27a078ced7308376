"""C beside the benchmarks: compiled when it is needed, and loaded into programs that are linked dynamically."""

import os
import shutil
import struct
import subprocess

HERE = os.path.dirname(__file__)


def compiled(source, folder, *arguments):
    """The path of what a C file of this folder becomes; None without a compiler or what the file needs."""
    product = os.path.join(folder, os.path.splitext(source)[0])
    if not os.path.exists(product) and shutil.which("cc"):
        command = ["cc", "-O2", "-o", product, os.path.join(HERE, source), *arguments]
        subprocess.run(command, capture_output=True)
    return product if os.path.exists(product) else None


class Counters:
    """What a library counts in one run of a program, which is started with `environment`."""

    def __init__(self, library, folder):
        self.path = os.path.join(folder, "counters")
        with open(self.path, "wb") as file:
            file.write(bytes(16))
        self.environment = {"LD_PRELOAD": library, "WABATOP_COUNTERS": self.path}

    @property
    def values(self):
        return struct.unpack("qq", open(self.path, "rb").read())


def heap(folder):
    """Counts allocations so far, and bytes in use; None without a compiler."""
    return _preloaded("heap.c", folder)


def requests(folder):
    """Counts the requests that a simulator receives; None without a compiler."""
    return _preloaded("requests.c", folder)


def _preloaded(source, folder):
    library = compiled(source, folder, "-shared", "-fPIC", "-ldl")
    return Counters(library, folder) if library else None
