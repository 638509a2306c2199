package athanor.sample.sheet;

import java.util.List;

/**
 * What a contact sheet shows.
 *
 * @param title name of the run
 * @param subtitle base, steps, sampler: one line
 * @param seeds above the columns of the rendered rows; may be empty
 * @param groups rows that belong together, from top to bottom
 * @param notes sentences below the pictures
 */
public record Sheet(String title, String subtitle, List<Long> seeds, List<SheetGroup> groups, List<String> notes) {

    public Sheet {
        seeds = List.copyOf(seeds);
        groups = List.copyOf(groups);
        notes = List.copyOf(notes);
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("a contact sheet needs at least one row of pictures, got none");
        }
    }
}
