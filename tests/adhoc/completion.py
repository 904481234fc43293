"""Tab after ./jbang in the shell that $SHELL names. Ends with 0 if all went well."""
import os
import sys

from terminal import Terminal

SHELLS = {"bash": ["bash", "--norc", "-i"], "zsh": ["zsh", "-f", "-i", "-o", "no_prompt_sp"]}

os.environ["PS1"] = "ready> "
shell = os.environ["SHELL"]
person = Terminal("ready> ", *SHELLS[shell])
if shell == "zsh":
    person.answer("autoload -U compinit && compinit -u -D")
person.answer("source <(./jbang shell-completion)")
for typed, completed in {
    "./jbang conn-a": "conn-auth ",
    "./jbang conn-auth --wa": "--wait ",
    "./jbang ask names": "namespaces ",
    "./jbang triage --comp": "--compare ",
}.items():
    person.type("\x15" + typed + "\t")
    person.expect(completed)
person.type("\x15exit\r")
sys.exit(person.exit_code())
