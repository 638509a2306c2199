package athanor.stack.service;

import athanor.contracts.json.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a log's last complaint was, for the one line that the terminal shows. */
final class LastWords {

    private static final ObjectMapper JSON = Json.mapper();
    private static final int LONGEST = 300;

    private LastWords() {}

    static String of(Path log) {
        List<String> complaints = new ArrayList<>();
        String last = "it wrote nothing";
        try {
            for (String line : text(log).lines().toList()) {
                if (line.isBlank()) {
                    continue;
                }
                JsonNode record = record(line);
                last = record.isObject() ? record.path("message").asText() : line.strip();
                if (isComplaint(line, record)) {
                    complaints.add(record.isObject() ? sentence(record) : last);
                }
            }
        } catch (IOException e) {
            return "its log %s cannot be read".formatted(log);
        }
        String words = complaints.isEmpty() ? last : complaints.get(complaints.size() - 1);
        return words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
    }

    /** Native code writes what it likes, and one byte that is no UTF-8 shall not hide the rest. */
    private static String text(Path log) throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    }

    private static JsonNode record(String line) {
        try {
            return line.startsWith("{") ? JSON.readTree(line) : JSON.missingNode();
        } catch (JsonProcessingException cutOff) {
            return JSON.missingNode();
        }
    }

    private static boolean isComplaint(String line, JsonNode record) {
        String level = record.path("level").asText();
        return record.isObject()
                ? level.equals("ERROR") || level.equals("FATAL")
                : line.contains("Exception") || line.contains("Error");
    }

    /** The message, and what the innermost exception says, which is mostly the reason. */
    private static String sentence(JsonNode record) {
        JsonNode exception = record.path("exception");
        while (exception.path("causedBy").path("exception").isObject()) {
            exception = exception.path("causedBy").path("exception");
        }
        String message = record.path("message").asText().lines().findFirst().orElse("");
        String cause = exception.path("message").asText("").lines().findFirst().orElse("");
        return cause.isEmpty() || message.contains(cause) ? message : message + ": " + cause;
    }
}
