package athanor.tinybase.measure;

import athanor.tinybase.world.Sheet;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Writes docs/quality.md. Each measure owns the text between its two marks, so that one can be taken anew without the others.
 *
 * @param docs the folder that holds quality.md and pictures/
 * @param options of the command beyond --only, with a blank in front
 */
record QualityReport(Path docs, String options) {

    private static final int COLUMNS = 8;
    /** The pictures of one subject at least; all of them would make the page heavy. */
    private static final int ROWS = 16;

    private static final String HEAD = """
            # Quality

            What a LoRA does to the tiny base, counted by a judge that knows the drawn world. Shares are given with their 95 %
            confidence interval (Wilson). `./athanor measure` makes every number and picture of this page again;
            `./athanor measure --only NAME` one section. All seeds are fixed; on another processor single pictures may differ.

            """;

    void write(Measure measure, Result result) throws IOException {
        Path page = docs.resolve("quality.md");
        String text = Files.exists(page) ? Files.readString(page) : HEAD;
        String begin = "<!-- begin " + measure.name() + " -->\n";
        String end = "<!-- end " + measure.name() + " -->\n";
        String section = begin + section(measure, result) + end;
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        String changed = from < 0 || to < from
                ? text + section + "\n"
                : text.substring(0, from) + section + text.substring(to + end.length());
        Files.createDirectories(docs);
        Files.writeString(page, changed, StandardCharsets.UTF_8);
    }

    private String section(Measure measure, Result result) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("## %s%n%n".formatted(result.title()));
        text.append("**Claim.** %s%n%n".formatted(result.claim()));
        text.append("**Verdict.** %s%n%n".formatted(result.verdict()));
        text.append(result.table().markdown()).append('\n');
        if (!result.pictures().isEmpty()) {
            List<Result.Row> shown = result.pictures()
                    .subList(0, Math.min(ROWS, result.pictures().size()));
            sheet(measure, shown);
            text.append("![%s](pictures/quality-%s.png)%n%n".formatted(result.title(), measure.name()));
            text.append("Rows from above: ");
            text.append(String.join("; ", names(shown))).append(".\n\n");
        }
        text.append("Made by `./athanor measure --only %s%s`.%n%n".formatted(measure.name(), options));
        return text.toString();
    }

    private static List<String> names(List<Result.Row> rows) {
        return rows.stream().map(Result.Row::name).distinct().toList();
    }

    private void sheet(Measure measure, List<Result.Row> rows) throws IOException {
        List<BufferedImage> cells = new ArrayList<>();
        for (Result.Row row : rows) {
            List<BufferedImage> pictures = row.pictures();
            for (int i = 0; i < COLUMNS; i++) {
                cells.add(i < pictures.size() ? pictures.get(i) : new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB));
            }
        }
        Path file = docs.resolve("pictures").resolve("quality-" + measure.name() + ".png");
        Files.createDirectories(file.getParent());
        ImageIO.write(Sheet.of(cells, COLUMNS, 1), "png", file.toFile());
    }
}
