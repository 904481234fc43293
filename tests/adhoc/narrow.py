"""run-all on a terminal of so many columns: progress and report stay within them. Ends with 0 if they do."""
import re
import sys

from terminal import ESCAPES, Terminal

COLUMNS = int(sys.argv[2])
ERASED = "\r\x1b[K"

person = Terminal("", sys.argv[1], "run-all", "--embedded", columns=COLUMNS)
exit_code = person.exit_code()
output = person.seen[person.seen.index("embedded monitor"):]  # behind what JBang prints while it builds
progress = re.findall(re.escape(ERASED) + r"  ([^\r\n]+)", output)
if len(progress) < 5 or len(set(map(len, progress))) < 2:
    raise SystemExit(f"hardly any progress is shown: {progress}")
lines = [ESCAPES.sub("", part) for line in output.split("\n")[1:] for part in line.split(ERASED)]
wide = [line for line in lines if len(line) > COLUMNS]
if wide:
    raise SystemExit(f"wider than {COLUMNS} columns: {wide}")
if COLUMNS < 100 and not any(len(line) > COLUMNS - 10 for line in lines) or not any(line.startswith("HEALTHY ") for line in lines[-6:]):
    raise SystemExit(f"not the expected report: {lines}")
sys.exit(exit_code)
