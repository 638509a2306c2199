package athanor.sample.sheet;

import java.util.List;

/**
 * Rows that are compared with one another, such as the same prompt without and with the LoRA.
 *
 * @param seeded whether its columns are the sheet's seeds
 */
public record SheetGroup(boolean seeded, List<SheetRow> rows) {

    public SheetGroup {
        rows = List.copyOf(rows);
    }
}
