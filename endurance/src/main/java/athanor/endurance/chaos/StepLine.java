package athanor.endurance.chaos;

import athanor.contracts.run.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a worker writes down of each step that it begins.
 *
 * @param at by the machine's clock, milliseconds
 * @param attempt of the event that it was given; the lease may count further
 * @param step steps done before
 */
record StepLine(long at, RunId run, int attempt, int step) {

    private static final String SIGN = "step";

    static List<StepLine> in(Path log) throws IOException {
        try (var lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.flatMap(line -> read(line).stream()).toList();
        }
    }

    private static Optional<StepLine> read(String line) {
        String[] parts = line.split(" ");
        // Whoever was killed while writing left half a line.
        return parts.length == 6 && parts[0].equals(SIGN) && parts[5].equals(".")
                ? Optional.of(new StepLine(
                        Long.parseLong(parts[1]),
                        new RunId(parts[2]),
                        Integer.parseInt(parts[3]),
                        Integer.parseInt(parts[4])))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "%s %d %s %d %d .".formatted(SIGN, at, run, attempt, step);
    }
}
