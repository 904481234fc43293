package siodiag.triage;

/**
 * A failed test case as the XML has it. Attributes that are not there are empty; long texts are cut in the middle.
 *
 * @param source the report's file, with {@code /} between its folders
 * @param suite the name of the test suite around it
 * @param schema the XML schema that the suite names
 * @param file the test's own file, which pytest can be told to write
 * @param text what stands in the failure or error element: the traceback
 */
record TestCase(
        String source,
        String suite,
        String schema,
        String className,
        String name,
        String file,
        String type,
        String message,
        String text) {

    ReadFailure read() {
        return TestFramework.of(this).read(this);
    }

    /**
     * The exception: Surefire gives class and message, Gradle the message with the class before it, others only text.
     */
    ThrownException thrown() {
        if (type.isEmpty()) {
            ThrownException said = ThrownException.parse(message);
            return said.type().isEmpty() ? firstNamed(said) : said;
        }
        String said = message.isEmpty() ? firstLine() : message;
        boolean typed = said.equals(type) || said.startsWith(type + ":");
        return new ThrownException(
                type,
                typed
                        ? said.substring(Math.min(said.length(), type.length() + 1))
                                .strip()
                        : said);
    }

    private ThrownException firstNamed(ThrownException said) {
        ThrownException first = ThrownException.parse(firstLine());
        return first.type().isEmpty() || !said.message().isEmpty() && !text.contains(said.message()) ? said : first;
    }

    private String firstLine() {
        return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    }
}
