//JAVA 17+
//DESCRIPTION A JShell session with the library imported: paste a line, get an answer
//DEPS ../lib/Kit.java
//JAVA_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1
import siodiag.Adhoc;
import static siodiag.Adhoc.*;
System.out.println(help());
if (List.of(args).contains("--help")) System.exit(0);
