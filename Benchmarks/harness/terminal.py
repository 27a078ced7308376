"""Programs in pseudo-terminals: keys go in, and bytes, frames and milliseconds come out."""

import dataclasses
import fcntl
import os
import pty
import random
import re
import select
import struct
import tempfile
import termios
import time

from harness import process

QUIET = 0.02  # seconds without a byte after which a frame has ended
TIMEOUT = 2.0  # seconds after which a key counts as not answered
SEQUENCE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*(?:[@-~]|$)|\][^\x07\x1b]*(?:\x07|\x1b\\|$)|[()].?|[ -~]|$)")


@dataclasses.dataclass
class Frame:
    """What was written after a key: milliseconds to its first and its last byte, and the bytes."""
    first: float
    last: float
    bytes: int


@dataclasses.dataclass
class Written:
    """What was written in a while: the bytes of each frame."""
    frames: list = dataclasses.field(default_factory=list)

    @property
    def bytes(self):
        return sum(map(len, self.frames))


class Program:
    """A program in a pseudo-terminal of its own. It has to be read from, or it stops: see `watch`."""

    running = []

    def __init__(self, command, size, folder, environment=None, before=None):
        width, height = map(int, size.split("x"))
        # With a state of its own: of two that share one, the second asks nothing.
        state = tempfile.mkdtemp(prefix="state-", dir=folder)
        if before:
            before(state)
        variables = dict(os.environ, TERM="xterm-256color", LC_ALL="C.UTF-8", TZ="UTC", HOME=folder,
                         XDG_STATE_HOME=state, XDG_CONFIG_HOME=folder, **(environment or {}))
        self.tty, other = pty.openpty()
        fcntl.ioctl(self.tty, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        # Not forked: then what this process weighs would count as the program's own start. The first
        # terminal that a new session opens is the one that controls it.
        opened = [(os.POSIX_SPAWN_OPEN, 0, os.ttyname(other), os.O_RDWR, 0)]
        copies = [(os.POSIX_SPAWN_DUP2, 0, 1), (os.POSIX_SPAWN_DUP2, 0, 2)]
        self.born = time.perf_counter()
        self.pid = os.posix_spawnp(command[0], command, variables, file_actions=opened + copies, setsid=True)
        os.close(other)
        Program.running.append(self)

    def fileno(self):
        return self.tty

    def first_text(self):
        """Milliseconds of time and of processor time from the start to the first text on the screen."""
        return self._read_until(lambda text: text.strip(b"\0\r\n\t\x07\x0e\x0f "), "nothing came to the screen")

    def until(self, text):
        """The same to this text, from now on."""
        return self._read_until(lambda seen: text in seen, f"{text} came not to the screen")

    def _read_until(self, found, otherwise, timeout=20):
        seen = b""
        while not found(SEQUENCE.sub(b"", seen)):
            if not select.select([self.tty], [], [], timeout)[0]:
                raise TimeoutError(otherwise)
            seen += os.read(self.tty, 65536)
        return (time.perf_counter() - self.born) * 1000, self.cpu * 1000

    def press(self, keys, timeout=TIMEOUT, quiet=QUIET):
        """Presses keys, and waits for the frame that they cause: none is None."""
        began, first, last, count = time.perf_counter(), None, None, 0
        os.write(self.tty, keys)
        while select.select([self.tty], [], [], timeout if first is None else quiet)[0]:
            count += len(os.read(self.tty, 65536))
            last = (time.perf_counter() - began) * 1000
            first = last if first is None else first
        return None if first is None else Frame(first, last, count)

    @property
    def cpu(self):
        return process.cpu(self.pid)

    def wait_until_calm(self, seconds=180, busy=0.1, beside=()):
        """Reads until it needs less than so much of a core: its first sweep is over."""
        end = time.perf_counter() + seconds
        watch([self, *beside], 2)
        while time.perf_counter() < end:
            before = self.cpu
            watch([self, *beside], 1)
            if self.cpu - before < busy:
                return
        raise TimeoutError(f"still busy after {seconds} s")

    def quit(self, key=b"q"):
        """Ends it by its key; a program that does not answer is killed."""
        Program.running.remove(self)
        os.write(self.tty, key)
        end = time.perf_counter() + 5
        try:
            while time.perf_counter() < end:
                if select.select([self.tty], [], [], 0.1)[0] and not os.read(self.tty, 65536):
                    break
        except OSError:
            pass  # its side is closed
        else:
            os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        os.close(self.tty)


def delays(programs, key, seconds):
    """Presses a key again and again in each of them: milliseconds to the first byte, by name."""
    found = {name: [] for name in programs}
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for name, program in programs.items():
            watch(programs.values(), random.uniform(0.01, 0.05))
            frame = program.press(key, timeout=TIMEOUT, quiet=0.005)
            found[name].append(frame.first if frame else TIMEOUT * 1000)
    return found


def watch(programs, seconds, pause=QUIET):
    """Reads from all of them for so long: what each has written, in frames with a pause between them."""
    written = {program: Written() for program in programs}
    latest = dict.fromkeys(programs, 0.0)
    end = time.perf_counter() + seconds
    while (left := end - time.perf_counter()) > 0:
        for program in select.select(list(written), [], [], left)[0]:
            part, now = os.read(program.tty, 65536), time.perf_counter()
            frames = written[program].frames
            if now - latest[program] > pause:
                frames.append(part)
            else:
                frames[-1] += part
            latest[program] = now
    return written
