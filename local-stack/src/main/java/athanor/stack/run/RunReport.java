package athanor.stack.run;

import athanor.stack.terminal.ProgressBar;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** The report of a run as a page to read. */
final class RunReport {

    private RunReport() {}

    /**
     * @param report what the ingest service reports: plan, stages, verdicts
     * @param seconds in each state, as seen from here
     */
    static String markdown(String runId, String name, JsonNode report, Map<String, Double> seconds) {
        StringBuilder page = new StringBuilder();
        page.append("# %s\n\nRun `%s`.\n\n![contact sheet](contact-sheet.png)\n\n".formatted(name, runId));
        page.append("## Plan\n\n");
        append(page, report.path("plan"), "");
        page.append("\n## Times\n\n| stage | time |\n| --- | --- |\n");
        seconds.forEach((stage, time) -> page.append("| %s | %s |\n".formatted(stage, ProgressBar.duration(time))));
        page.append("\n## Verdicts\n\n");
        append(page, report.path("verdicts"), "");
        return page.toString();
    }

    /** JSON as nested Markdown lists: every value under its own name, in the order it came. */
    private static void append(StringBuilder page, JsonNode node, String indent) {
        if (node.isObject()) {
            node.properties().forEach(entry -> appendEntry(page, entry.getKey() + ": ", entry.getValue(), indent));
        } else if (node.isArray()) {
            node.forEach(element -> appendEntry(page, "", element, indent));
        } else if (!node.isMissingNode()) {
            page.append("%s- %s\n".formatted(indent, node.asText()));
        }
    }

    private static void appendEntry(StringBuilder page, String label, JsonNode value, String indent) {
        if (value.isValueNode()) {
            page.append("%s- %s%s\n".formatted(indent, label, value.asText()));
        } else if (!value.isEmpty()) {
            page.append("%s- %s\n".formatted(indent, label.isEmpty() ? "each:" : label.strip()));
            append(page, value, indent + "  ");
        }
    }
}
