"""A program on a pseudo-terminal, used as a person uses it: type, look, type."""
import fcntl
import os
import pty
import re
import select
import struct
import termios
import time

LIMIT = 90  # seconds for one answer: the first run builds
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|[\r\x07]")


class Terminal:
    def __init__(self, prompt, *command, columns=200):
        self.prompt = prompt
        self.seen = ""
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm")
            os.execvp(command[0], command)
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))

    def type(self, text):
        """Types the text; what is looked for afterwards must appear after it."""
        self.seen = ""
        os.write(self.handle, text.encode())

    def expect(self, *texts):
        """Waits until all the texts are shown. Gives what is shown."""
        end = time.monotonic() + LIMIT
        while not all(text in self.shown() for text in texts):
            if not self.read(end - time.monotonic()):
                raise SystemExit(f"expected {texts}, the terminal shows:\n{self.shown()}")
        return self.shown()

    def answer(self, line, *texts):
        """Types a line and Enter, waits for the texts and for the next prompt. Gives what is shown."""
        self.type(line + "\r")
        self.expect(*texts)
        end = time.monotonic() + LIMIT
        while not self.shown().endswith("\n" + self.prompt):
            if not self.read(end - time.monotonic()):
                raise SystemExit(f"no prompt after {line}, the terminal shows:\n{self.shown()}")
        print(self.shown())
        return self.shown()

    def exit_code(self):
        """Waits until the program has ended."""
        end = time.monotonic() + LIMIT
        while self.read(end - time.monotonic()):
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def shown(self):
        return ESCAPES.sub("", self.seen)

    def read(self, seconds):
        if seconds <= 0 or not select.select([self.handle], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.handle, 65536)
        except OSError:  # the program has closed its side
            return False
        self.seen += data.decode(errors="replace")
        return bool(data)
