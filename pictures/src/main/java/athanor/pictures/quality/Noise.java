package athanor.pictures.quality;

import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalDouble;

/**
 * The standard deviation of noise in grey levels, where nothing but noise is to be seen: on the flattest fifth of 16 x 16 tiles,
 * by a difference operator that answers to no edge and no gradient (Immerkaer 1996), and its median, which few details move.
 */
final class Noise {

    private static final int TILE = 16;
    private static final int LEAST_TILES = 20;
    private static final int FLATTEST = 5;

    /** What the operator makes of noise with deviation 1: the root of its squared weights. */
    private static final double GAIN = 6;

    /** The median of absolute values of a normal distribution with deviation 1. */
    private static final double MEDIAN = 0.6745;

    /** Clipped black and white hide noise. */
    private static final int CLIPPED = 8;

    private Noise() {}

    private record Tile(int left, int top, double variance) {}

    static OptionalDouble of(Luma picture) {
        Tile[] flattest = tiles(picture);
        if (flattest.length < LEAST_TILES) {
            return OptionalDouble.empty();
        }
        int count = flattest.length / FLATTEST;
        float[] answers = new float[count * (TILE - 2) * (TILE - 2)];
        int at = 0;
        for (int i = 0; i < count; i++) {
            for (int y = flattest[i].top() + 1; y < flattest[i].top() + TILE - 1; y++) {
                for (int x = flattest[i].left() + 1; x < flattest[i].left() + TILE - 1; x++) {
                    answers[at++] = Math.abs(difference(picture, x, y));
                }
            }
        }
        Arrays.sort(answers);
        return OptionalDouble.of(answers[answers.length / 2] / (MEDIAN * GAIN));
    }

    /** Those that are not clipped, flattest first. */
    private static Tile[] tiles(Luma picture) {
        int across = picture.width() / TILE;
        int down = picture.height() / TILE;
        Tile[] tiles = new Tile[across * down];
        int count = 0;
        for (int i = 0; i < tiles.length; i++) {
            int left = i % across * TILE;
            int top = i / across * TILE;
            double sum = 0;
            double squares = 0;
            for (int y = top; y < top + TILE; y++) {
                for (int x = left; x < left + TILE; x++) {
                    float level = picture.at(x, y);
                    sum += level;
                    squares += level * level;
                }
            }
            double mean = sum / (TILE * TILE);
            if (mean >= CLIPPED && mean <= 255 - CLIPPED) {
                tiles[count++] = new Tile(left, top, squares / (TILE * TILE) - mean * mean);
            }
        }
        Tile[] usable = Arrays.copyOf(tiles, count);
        Arrays.sort(usable, Comparator.comparingDouble(Tile::variance));
        return usable;
    }

    /** 1 -2 1 in both directions. */
    private static float difference(Luma picture, int x, int y) {
        float corners = picture.at(x - 1, y - 1)
                + picture.at(x + 1, y - 1)
                + picture.at(x - 1, y + 1)
                + picture.at(x + 1, y + 1);
        float sides = picture.at(x - 1, y) + picture.at(x + 1, y) + picture.at(x, y - 1) + picture.at(x, y + 1);
        return corners - 2 * sides + 4 * picture.at(x, y);
    }
}
