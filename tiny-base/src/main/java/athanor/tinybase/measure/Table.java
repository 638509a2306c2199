package athanor.tinybase.measure;

import java.util.ArrayList;
import java.util.List;

/** A table of results in Markdown. */
final class Table {

    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... columns) {
        this.columns = List.of(columns);
    }

    Table row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(String.valueOf(cell));
        }
        if (row.size() != columns.size()) {
            throw new IllegalArgumentException("a row of %d for %d columns".formatted(row.size(), columns.size()));
        }
        rows.add(row);
        return this;
    }

    String markdown() {
        StringBuilder text = new StringBuilder(line(columns))
                .append("| --- ".repeat(columns.size()))
                .append("|\n");
        rows.forEach(row -> text.append(line(row)));
        return text.toString();
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
