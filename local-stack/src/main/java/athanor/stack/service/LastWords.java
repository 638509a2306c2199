package athanor.stack.service;

import athanor.contracts.Excerpt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the log of a service that ended says of its end, for the one line that the terminal shows.
 *
 * @param complaint the last one; empty where there was none: what a service that is killed wrote last is not why it ended
 * @param inHand names of the pictures that it had begun to read
 */
public record LastWords(String complaint, List<String> inHand) {

    private static final int LONGEST = 300;

    /** As {@code AcceptPicture} of ingest-service writes them. */
    private static final String READING = "Reading picture ";

    private static final String READ = "Read picture ";

    static LastWords of(Path log) {
        List<String> complaints = new ArrayList<>();
        List<String> inHand = new ArrayList<>();
        String plain = "";
        try {
            for (LogText.Line written : LogText.lines(text(log))) {
                String line = written.text();
                if (line.isBlank()) {
                    continue;
                }
                Optional<LogEntry> entry = written.entry();
                String said = entry.map(LogEntry::text).orElse(line.strip());
                if (entry.isEmpty()) {
                    plain = said;
                }
                if (said.startsWith(READING)) {
                    inHand.add(said.substring(READING.length()));
                } else if (said.startsWith(READ)) {
                    inHand.remove(said.substring(READ.length()));
                }
                if (entry.map(LogEntry::isComplaint).orElse(line.contains("Exception") || line.contains("Error"))) {
                    complaints.add(entry.map(LogEntry::sentence).orElse(said));
                }
            }
        } catch (IOException e) {
            return new LastWords("its log %s cannot be read".formatted(log), List.of());
        }
        String words = complaints.isEmpty() ? plain : complaints.get(complaints.size() - 1);
        return new LastWords(Excerpt.of(words, LONGEST), List.copyOf(inHand));
    }

    /** Native code writes what it likes, and one byte that is no UTF-8 shall not hide the rest. */
    private static String text(Path log) throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    }
}
