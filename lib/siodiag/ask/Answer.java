package siodiag.ask;

import com.fasterxml.jackson.databind.node.ObjectNode;
import siodiag.core.Json;
import siodiag.core.Version;
import siodiag.diagnosis.Verdict;

/**
 * What a question comes to.
 *
 * @param text    for people
 * @param details for programs: an object, its fields named in the documents
 */
record Answer(Verdict verdict, String text, ObjectNode details) {
    private static final int SCHEMA = 1;

    static Answer of(Verdict verdict, String text) {
        return new Answer(verdict, text, Json.MAPPER.createObjectNode());
    }

    /** In one line. @param url the server that was asked; null where none was */
    String json(String question, String url) {
        ObjectNode root = Json.MAPPER.createObjectNode();
        root.put("schema", SCHEMA)
                .put("tool", "ask")
                .put("version", Version.NUMBER)
                .put("question", question);
        if (url != null) {
            root.putObject("target").put("url", url);
        }
        root.put("verdict", verdict.label()).put("answer", text).set("details", details);
        return root.toString();
    }
}
