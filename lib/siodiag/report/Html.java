package siodiag.report;

import siodiag.core.Text;

/** Text from outside as HTML that it can't become part of. */
final class Html {
    private Html() {}

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        Text.visible(text).chars().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append((char) c);
            }
        });
        return escaped.toString();
    }

    static String element(String name, String text) {
        return "<" + name + ">" + escape(text) + "</" + name + ">\n";
    }

    static String element(String name, String cssClass, String text) {
        return "<" + name + " class=\"" + cssClass + "\">" + escape(text) + "</" + name + ">\n";
    }
}
