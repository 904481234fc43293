"""A session of ./jbang adhoc: completion, a mistake, its correction, an error of the server's, exit. Ends with 0 if all went well."""
import os
import re
import sys

from terminal import Terminal

VOCABULARY = {"class", "connect(", "help()", "events(", "holder(", "json(", "monitor(", "namespaces()", "probe(", "replay(", "server(", "start("}

person = Terminal("jshell> ", sys.argv[1], "adhoc", "--url", os.environ["SERVER"])
person.answer("", "Welcome to JShell")

person.type("Adhoc.\t")
shown = person.expect("server(").split("Adhoc.", 1)[1].split("jshell> ")[0]
words = set(re.findall(r"[\w.]+(?:\(\)?)?", shown))
if words != VOCABULARY:
    raise SystemExit(f"Tab offers {sorted(words ^ VOCABULARY)} too much or too little")

person.type("\x15conn\t")  # Ctrl-U clears the line
person.expect("connect(")
person.answer('\x15var hook = conect("/hook")', "cannot find symbol")
person.answer('var hook = connect("/hook")', "hook ==> /hook of http://")
person.answer('hook.send("user_prompt", Map.of("prompt", "hi"))', "acknowledged in")
person.answer('hook.expect("echo_user_prompt")', "hi")
person.answer('hook.expect("never", 0.1)', "Exception siodiag.ask.AskException: no \"never\" in /hook within 0.1 s")
person.answer('connect("/nowhere")', "Exception siodiag.ask.AskException: The server does not know /nowhere.")
person.answer("var m = monitor(0)", "m ==> monitor on http://127.0.0.1:")
person.answer("m.server().namespaces()", "/hook")
person.answer('hook.send("user_prompt", 1, Map.of("a", 2), null)', '"user_prompt" acknowledged in')
report = person.answer("probe()", "HEALTHY")
if " ... " in report or "/log" not in report:  # JShell cuts long values in their middle
    raise SystemExit("the report is cut: " + report)
person.type("/exit\r")  # with a socket and a server still open
person.expect("Goodbye")
sys.exit(person.exit_code())
