package athanor.stack.service;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A log of a service, which is text for people, as {@code quarkus.log.console.format} in service-shell has it, or one JSON object a
 * line where {@code athanor.log.json} asks for that; after a change of the switch both.
 */
public final class LogText {

    private static final Pattern HEAD = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}(?:Z|[+-]\\d\\d:\\d\\d)) ([A-Z]+) +\\[([^\\]]*)\\] ([^"
                    + " :]*): (.*)");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSXXX");

    /** What Java adds to a record for an exception; the innermost cause stands last. */
    private static final Pattern TRACE =
            Pattern.compile("\\s+(?:at |\\.\\.\\. \\d+ more).*|\\s*(?:Caused by|Suppressed): .*");

    private static final Pattern CAUSE = Pattern.compile("Caused by: [\\w.$]+(?:: (.*))?");

    private LogText() {}

    /**
     * One line, or a record with the lines of its exception.
     *
     * @param entry empty for what native code and a JVM that does not start write
     * @param text as it was written
     */
    public record Line(Optional<LogEntry> entry, String text) {}

    public static List<Line> lines(String log) {
        List<Line> lines = new ArrayList<>();
        for (String text : log.lines().toList()) {
            int last = lines.size() - 1;
            if (last >= 0
                    && lines.get(last).entry().isPresent()
                    && TRACE.matcher(text).matches()) {
                lines.set(last, continued(lines.get(last), text));
            } else {
                lines.add(new Line(LogEntry.of(text).or(() -> readable(text)), text));
            }
        }
        return lines;
    }

    private static Line continued(Line record, String text) {
        Matcher cause = CAUSE.matcher(text);
        LogEntry entry = record.entry().orElseThrow();
        String innermost = cause.matches() ? cause.group(1) : null;
        return new Line(
                Optional.of(innermost == null ? entry : entry.causedBy(innermost)), record.text() + "\n" + text);
    }

    private static Optional<LogEntry> readable(String text) {
        Matcher head = HEAD.matcher(text);
        if (!head.matches()) {
            return Optional.empty();
        }
        String run = head.group(3);
        return Optional.ofNullable(time(head.group(1)))
                .map(at -> new LogEntry(
                        at,
                        head.group(2),
                        head.group(4),
                        head.group(5),
                        run.isEmpty() ? null : Map.of("runId", run),
                        null));
    }

    private static @Nullable Instant time(String text) {
        try {
            return OffsetDateTime.parse(text, TIME).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
