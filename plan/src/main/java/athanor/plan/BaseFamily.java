package athanor.plan;

import athanor.contracts.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Bases of one shape: what was counted of one holds for all of them, whatever they were trained on. */
public enum BaseFamily {
    /** Stable Diffusion 1.x; its portraits are trained beyond the square that it was made for. */
    SD1(64, 8, 256, new Size(2, 3), new Size(512, 768)),
    SD2(64, 8, 256, new Size(1, 1), new Size(768, 768)),
    SDXL(64, 8, 256, new Size(1, 1), new Size(1024, 1024)),
    /** The base that ships with the project. */
    TINY(16, 4, 32, new Size(1, 1), new Size(64, 64));

    /** Those that people train on. */
    static final List<BaseFamily> PUBLISHED = List.of(SD1, SD2, SDXL);

    /** The largest size at which anything was counted, and the whole of what the better telephones film. */
    private static final Size LARGEST = new Size(1088, 1920);

    /** To the tiny base a picture is a drawing. */
    private static final Size LARGEST_DRAWING = new Size(256, 256);

    private final int step;
    private final int cell;
    private final int shortestSide;
    private final Size aspect;
    private final Size usualArea;

    BaseFamily(int step, int cell, int shortestSide, Size aspect, Size usualArea) {
        this.step = step;
        this.cell = cell;
        this.shortestSide = shortestSide;
        this.aspect = aspect;
        this.usualArea = usualArea;
    }

    /** Reads {@code SD1}, {@code sdxl}. */
    public static BaseFamily parse(String name) {
        return Arrays.stream(values())
                .filter(family -> family.name().equals(name.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'%s' is no family; name one of %s".formatted(name, Arrays.toString(values()))));
    }

    /** Pixels that one cell of the latent picture covers. */
    public int cell() {
        return cell;
    }

    /** The size at which the family is commonly trained. */
    public Size usualArea() {
        return usualArea;
    }

    /** The areas that a plan chooses among, in the family's own aspect, the smallest first. */
    List<Size> areas() {
        Size largest = this == TINY ? LARGEST_DRAWING : LARGEST;
        List<Size> areas = new ArrayList<>();
        for (int width = shortestSide; ; width += step) {
            int height = Math.round((float) width * aspect.height() / aspect.width() / step) * step;
            Size area = new Size(width, height);
            if (area.pixels() >= largest.pixels()) {
                areas.add(largest);
                return areas;
            }
            areas.add(area);
        }
    }
}
