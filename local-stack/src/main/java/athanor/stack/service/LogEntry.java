package athanor.stack.service;

import athanor.contracts.json.Json;
import athanor.contracts.json.JsonException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A log record of a service.
 *
 * @param mdc what the record is about: {@code runId}, where it is about a run
 */
public record LogEntry(
        @Nullable Instant timestamp,
        @Nullable String level,
        @Nullable String loggerName,
        @Nullable String message,
        @Nullable Map<String, String> mdc,
        @Nullable Thrown exception) {

    public record Thrown(@Nullable String message, @Nullable Cause causedBy) {}

    public record Cause(@Nullable Thrown exception) {}

    /** Of a JSON object; empty for any other text. */
    static Optional<LogEntry> of(String line) {
        try {
            return line.startsWith("{") ? Optional.of(Json.read(line, LogEntry.class)) : Optional.empty();
        } catch (JsonException cutOff) {
            return Optional.empty();
        }
    }

    LogEntry causedBy(String innermost) {
        return new LogEntry(timestamp, level, loggerName, message, mdc, new Thrown(innermost, null));
    }

    boolean isComplaint() {
        return "ERROR".equals(level) || "FATAL".equals(level);
    }

    public boolean isAbout(String runId) {
        return mdc != null && runId.equals(mdc.get("runId"));
    }

    String text() {
        return message == null ? "" : message;
    }

    /** The message, and what the innermost exception says, which is mostly the reason. */
    public String sentence() {
        Thrown innermost = exception;
        while (innermost != null
                && innermost.causedBy() != null
                && innermost.causedBy().exception() != null) {
            innermost = innermost.causedBy().exception();
        }
        String said = firstLine(message);
        String cause = innermost == null ? "" : firstLine(innermost.message());
        return cause.isEmpty() || said.contains(cause) ? said : said + ": " + cause;
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
