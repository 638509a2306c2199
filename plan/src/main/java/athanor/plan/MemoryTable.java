package athanor.plan;

import athanor.contracts.Size;
import athanor.contracts.recipe.Targets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What was counted, a line each: {@code memory.csv}, made as {@code memory.md} beside it says. */
record MemoryTable(List<Line> lines) {

    private static final String NAME = "memory.csv";

    /**
     * @param phase ENCODE: a picture through the autoencoder, before a training; STEP: a training step
     * @param rows pictures that go through the network together
     * @param parameters of the LoRA
     * @param start bytes while captions are encoded, before the first step; frozen text encoders are given back then
     * @param standing bytes between two steps: weights, LoRA, the optimiser's moments
     * @param bytes at the worst moment
     */
    record Line(
            Phase phase,
            BaseFamily family,
            NumberFormat format,
            boolean recompute,
            boolean textEncoder,
            Targets targets,
            int rank,
            Size size,
            int rows,
            long parameters,
            long start,
            long standing,
            long bytes) {

        /** What the step itself adds. */
        double added() {
            return (double) bytes - standing;
        }
    }

    enum Phase {
        ENCODE,
        STEP
    }

    static MemoryTable read() {
        try (InputStream file = MemoryTable.class.getResourceAsStream(NAME)) {
            if (file == null) {
                throw new IllegalStateException(NAME + " is not in the jar of module plan; build it again");
            }
            return new MemoryTable(new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                    .lines()
                    .skip(1)
                    .map(MemoryTable::line)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Line line(String text) {
        String[] cells = text.split(",", -1);
        int at = 0;
        return new Line(
                Phase.valueOf(cells[at++]),
                BaseFamily.valueOf(cells[at++]),
                NumberFormat.parse(cells[at++]),
                cells[at++].equals("1"),
                cells[at++].equals("1"),
                Targets.valueOf(cells[at++]),
                Integer.parseInt(cells[at++]),
                new Size(Integer.parseInt(cells[at++]), Integer.parseInt(cells[at++])),
                Integer.parseInt(cells[at++]),
                Long.parseLong(cells[at++]),
                Long.parseLong(cells[at++]),
                Long.parseLong(cells[at++]),
                Long.parseLong(cells[at]));
    }
}
