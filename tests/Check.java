///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION For contributors: the formatter (--fix) and static analysis
//DEPS com.palantir.javaformat:palantir-java-format:2.71.0
//DEPS com.google.errorprone:error_prone_core:2.42.0
//DEPS com.google.errorprone:error_prone_annotations:2.42.0
//DEPS org.junit.jupiter:junit-jupiter:6.1.3
//DEPS org.junit.platform:junit-platform-launcher:6.1.3
//SOURCES ../lib/Kit.java
//JAVA_OPTIONS -XX:+UseSerialGC
//JAVA_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.api=ALL-UNNAMED
//JAVA_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.code=ALL-UNNAMED
//JAVA_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED
//JAVA_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.main=ALL-UNNAMED
//JAVA_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.model=ALL-UNNAMED
//JAVA_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.parser=ALL-UNNAMED
//JAVA_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.processing=ALL-UNNAMED
//JAVA_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.tree=ALL-UNNAMED
//JAVA_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.util=ALL-UNNAMED
//JAVA_OPTIONS --add-opens=jdk.compiler/com.sun.tools.javac.code=ALL-UNNAMED
//JAVA_OPTIONS --add-opens=jdk.compiler/com.sun.tools.javac.comp=ALL-UNNAMED

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Palantir's formatter over all sources, Error Prone over the library. Ends with 0 where both are content, else with 1. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Checks that all sources are formatted and that Error Prone finds nothing in the library.")
class Check implements Callable<Integer> {
    /** JBang knows its directives by the two slashes without a space, which the formatter would insert. */
    private static final Pattern DIRECTIVE = Pattern.compile("^//(?=[A-Z_]+ |/usr)", Pattern.MULTILINE);

    private static final String HIDDEN = "// jbang:";

    /** Patterns whose findings fail the build; the others of Error Prone's default are errors already. */
    private static final List<String> ERROR_PRONE = List.of(
            "-XepDisableAllWarnings",
            "-Xep:StringCaseLocaleUsage:ERROR",
            "-Xep:EnumOrdinal:ERROR",
            "-Xep:NonAtomicVolatileUpdate:ERROR",
            "-Xep:DefaultCharset:ERROR",
            "-Xep:WaitNotInLoop:ERROR",
            "-Xep:ThreadPriorityCheck:ERROR",
            "-Xep:UnusedVariable:ERROR",
            "-Xep:UnusedMethod:ERROR",
            "-Xep:MissingOverride:ERROR",
            "-Xep:InterruptedExceptionSwallowed:OFF");

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .formatJavadoc(false)
            .build());

    @Option(names = "--fix", description = "format the sources in place of complaining")
    boolean fix;

    public static void main(String... arguments) {
        System.exit(new CommandLine(new Check()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        List<Path> unformatted = new ArrayList<>();
        for (Path source : sources("lib", "scripts", "tests")) {
            if (!isFormatted(source)) {
                unformatted.add(source);
            }
        }
        if (!fix) {
            unformatted.forEach(source -> System.out.println(source + ": not formatted (./jbang check --fix)"));
        }
        int found = errorProne();
        System.out.println(fix ? unformatted.size() + " formatted" : unformatted.size() + " not formatted");
        System.out.println(found == 0 ? "Error Prone: nothing found" : "Error Prone: see above");
        return found == 0 && (fix || unformatted.isEmpty()) ? 0 : 1;
    }

    /** Sources that are to fail, as samples of the failure report, stay as they are. */
    private static List<Path> sources(String... folders) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> Stream.of("failing", "node_modules")
                                .noneMatch(name -> file.toString().contains("/" + name + "/")))
                        .sorted()
                        .forEach(sources::add);
            }
        }
        return sources;
    }

    private boolean isFormatted(Path source) throws IOException, FormatterException {
        String now = Files.readString(source);
        String hidden = DIRECTIVE.matcher(now).replaceAll(HIDDEN);
        String formatted = formatter.formatSource(hidden).replaceAll("(?m)^" + HIDDEN, "//");
        if (fix && !formatted.equals(now)) {
            Files.writeString(source, formatted);
        }
        return formatted.equals(now);
    }

    private static int errorProne() throws IOException {
        Path classes = Files.createTempDirectory("check");
        List<String> words = new ArrayList<>(List.of(
                "-proc:none",
                "-encoding",
                "UTF-8",
                "-nowarn",
                "-XDcompilePolicy=simple",
                "--should-stop=ifError=FLOW",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-processorpath",
                System.getProperty("java.class.path"),
                "-Xplugin:ErrorProne " + String.join(" ", ERROR_PRONE)));
        sources("lib").forEach(source -> words.add(source.toString()));
        return ToolProvider.getSystemJavaCompiler().run(null, System.out, System.out, words.toArray(String[]::new));
    }
}
