"""What every topic is given: the binaries, a folder, a report, and how long to measure."""

import dataclasses

from harness.report import Report
from harness.terminal import Program


@dataclasses.dataclass
class Bench:
    binaries: dict  # by name: wabatop, and former where there is one
    folder: str
    report: Report
    quick: bool = False

    @property
    def binary(self):
        return self.binaries["wabatop"]

    def rounds(self, full, quick):
        return quick if self.quick else full

    def dashboard(self, binary, config, size="80x24", environment=None, before=None):
        """A dashboard in a terminal, in the dark theme so that it asks the terminal for nothing."""
        return Program([binary, "--config", config, "--theme", "dark"], size, self.folder, environment, before)
