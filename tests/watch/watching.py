"""watch on a terminal of so many columns: a line a target that is drawn again in its place, within the columns; then Ctrl-C."""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../adhoc"))
from terminal import ESCAPES, Terminal

jbang, columns, good = sys.argv[1], int(sys.argv[2]), sys.argv[3]
REDRAWN = re.compile(r"\x1b\[(\d)A\x1b\[J")

person = Terminal("", jbang, "watch", good, "http://127.0.0.1:1", "--every", "1", columns=columns)
person.expect("127.0.0.1:1  broken: connection-refused", f"{good}  healthy  ", " kept, 0 ended")
person.seen = ""
person.expect(f"{good}  healthy  ")
person.expect("FAIL")
while len(REDRAWN.findall(person.seen)) < 3:
    if not person.read(10):
        raise SystemExit(f"not drawn again: {person.seen!r}")
if set(REDRAWN.findall(person.seen)) != {"2"}:
    raise SystemExit(f"two lines are drawn, and others replaced: {person.seen!r}")
person.type("\x03")
exit_code = person.exit_code()
account = person.shown()
for text in (f"{good}  healthy (watched for ", "  up for ", "  connecting  p50 ", "http://127.0.0.1:1  broken"):
    if text not in account:
        raise SystemExit(f"no {text!r} in the account: {account}")
if exit_code != 130:
    raise SystemExit(f"ended with {exit_code}")
