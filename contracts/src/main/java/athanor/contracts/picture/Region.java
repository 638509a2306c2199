package athanor.contracts.picture;

import athanor.contracts.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of a picture that somebody pointed out, in shares of it: 0 is its left or upper edge, 1 its right or lower one.
 *
 * @param kind HEAD from crown to chin, without what hair or hat add; SUBJECT all of what shall be learnt
 */
public record Region(Kind kind, double x, double y, double width, double height) {

    /** More in one picture are a mistake. */
    private static final int MOST = 16;

    private static final int NUMBERS = 4;

    /** What a region holds. */
    public enum Kind {
        HEAD,
        SUBJECT
    }

    public Region {
        Check.present(kind, "kind of a region");
        // Hair, hats and feet reach out of pictures.
        Check.between(-1, 2, x, "x of a region");
        Check.between(-1, 2, y, "y of a region");
        Check.that(width > 0 && width <= 2, "width of a region is %s, wanted more than 0 and at most 2", width);
        Check.that(height > 0 && height <= 2, "height of a region is %s, wanted more than 0 and at most 2", height);
        Check.that(
                x < 1 && y < 1 && x + width > 0 && y + height > 0,
                "a region at %s, %s of %s x %s is nowhere in the picture; wanted shares of it, 0 to 1",
                x,
                y,
                width,
                height);
    }

    /** The first of its kind. */
    public static Optional<Region> first(@Nullable List<Region> regions, Kind kind) {
        return regions == null
                ? Optional.empty()
                : regions.stream().filter(region -> region.kind() == kind).findFirst();
    }

    /** As {@link #parse} reads it. */
    public String text() {
        return "%s %s %s %s %s".formatted(kind.name().toLowerCase(Locale.ROOT), x, y, width, height);
    }

    /**
     * One a line, or divided by semicolons: {@code head 0.41 0.10 0.18 0.22}, kind, left, top, width, height.
     *
     * @throws IllegalArgumentException with a sentence
     */
    public static List<Region> parse(String text) {
        List<Region> regions = new ArrayList<>();
        for (String line : text.split("[;\\r\\n]+")) {
            if (!line.isBlank()) {
                regions.add(one(line.strip()));
            }
        }
        Check.within(0, MOST, regions.size(), "the number of regions");
        return List.copyOf(regions);
    }

    private static Region one(String line) {
        String[] words = line.split("[\\s,]+");
        try {
            if (words.length == 1 + NUMBERS) {
                return new Region(
                        Kind.valueOf(words[0].toUpperCase(Locale.ROOT)),
                        Double.parseDouble(words[1]),
                        Double.parseDouble(words[2]),
                        Double.parseDouble(words[3]),
                        Double.parseDouble(words[4]));
            }
        } catch (NumberFormatException notANumber) {
            // is told below, with the whole line
        } catch (IllegalArgumentException e) {
            if (!String.valueOf(e.getMessage()).startsWith("No enum")) {
                throw e;
            }
        }
        throw new IllegalArgumentException(
                "a region is written 'head 0.41 0.10 0.18 0.22' (head or subject; left, top, width, height in shares of the picture), got '%s'"
                        .formatted(line.length() <= 60 ? line : line.substring(0, 60) + "..."));
    }
}
