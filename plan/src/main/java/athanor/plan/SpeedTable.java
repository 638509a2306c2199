package athanor.plan;

import athanor.contracts.Size;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Steps that somebody timed: {@code speed.csv}. Nothing is concluded from one size on another. */
final class SpeedTable {

    private static final String NAME = "speed.csv";
    private static final List<Measured> LINES = read();

    /** @param machine on which it was measured */
    record Measured(
            boolean processor,
            BaseFamily family,
            NumberFormat format,
            boolean recompute,
            Size size,
            int rows,
            double secondsPerStep,
            String machine) {}

    private SpeedTable() {}

    static Optional<Measured> of(Workload workload, Size area, boolean processor) {
        return LINES.stream()
                .filter(line -> line.processor() == processor
                        && line.family() == workload.family()
                        && line.format() == workload.format()
                        && line.recompute() == workload.recompute()
                        && line.size().equals(area)
                        && line.rows() == workload.rows())
                .findFirst();
    }

    private static List<Measured> read() {
        try (InputStream file = SpeedTable.class.getResourceAsStream(NAME)) {
            if (file == null) {
                throw new IllegalStateException(NAME + " is not in the jar of module plan; build it again");
            }
            return new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                    .lines()
                    .skip(1)
                    .map(SpeedTable::line)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Measured line(String text) {
        String[] cells = text.split(",", 8);
        return new Measured(
                cells[0].equals("cpu"),
                BaseFamily.valueOf(cells[1]),
                NumberFormat.parse(cells[2]),
                cells[3].equals("1"),
                Size.parse(cells[4]),
                Integer.parseInt(cells[5]),
                Double.parseDouble(cells[6]),
                cells[7]);
    }
}
