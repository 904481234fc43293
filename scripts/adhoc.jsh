//JAVA 17+
//DESCRIPTION A JShell session with the library imported
//DEPS ../lib/Kit.java
//JAVA_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1
import siodiag.Adhoc;
import static siodiag.Adhoc.*;
import siodiag.ask.AskException;
try { System.out.println(start(args)); } catch (AskException wrong) { System.err.println("adhoc: " + wrong.getMessage()); System.exit(64); }
if (List.of(args).contains("--help")) System.exit(0);
