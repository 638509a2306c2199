package athanor.pictures.quality;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The few tiles of a picture, in their full size, that have most fine detail. What resolution a photograph really has shows only
 * where it is in focus, and a background out of focus must not speak for it.
 */
final class SharpestTiles {

    private static final int TILES = 24;
    private static final int ROWS_BETWEEN = 4;

    private record Tile(long detail, byte[] luma) {}

    private final int width;
    private final byte[][] strip;
    private final PriorityQueue<Tile> sharpest = new PriorityQueue<>(Comparator.comparingLong(Tile::detail));

    SharpestTiles(int width) {
        this.width = width;
        this.strip = new byte[width >= Spectrum.SIZE ? Spectrum.SIZE : 0][width];
    }

    void row(int y, byte[] luma) {
        if (strip.length == 0) {
            return;
        }
        int within = y % strip.length;
        System.arraycopy(luma, 0, strip[within], 0, width);
        if (within == strip.length - 1) {
            for (int left = 0; left + Spectrum.SIZE <= width; left += Spectrum.SIZE) {
                offer(left);
            }
        }
    }

    private void offer(int left) {
        long detail = detail(left);
        if (sharpest.size() == TILES) {
            Tile least = sharpest.peek();
            if (least != null && least.detail() >= detail) {
                return;
            }
            sharpest.poll();
        }
        byte[] luma = new byte[Spectrum.SIZE * Spectrum.SIZE];
        for (int y = 0; y < Spectrum.SIZE; y++) {
            System.arraycopy(strip[y], left, luma, y * Spectrum.SIZE, Spectrum.SIZE);
        }
        sharpest.add(new Tile(detail, luma));
    }

    /** Sum of squared second differences along rows and columns. */
    private long detail(int left) {
        long sum = 0;
        for (int y = 1; y < Spectrum.SIZE - 1; y += ROWS_BETWEEN) {
            byte[] above = strip[y - 1];
            byte[] row = strip[y];
            byte[] below = strip[y + 1];
            for (int x = left + 1; x < left + Spectrum.SIZE - 1; x++) {
                int twice = 2 * (row[x] & 0xff);
                int across = (row[x - 1] & 0xff) + (row[x + 1] & 0xff) - twice;
                int down = (above[x] & 0xff) + (below[x] & 0xff) - twice;
                sum += across * across + down * down;
            }
        }
        return sum;
    }

    /** Each {@link Spectrum#SIZE} squared. */
    List<Luma> tiles() {
        return sharpest.stream().map(tile -> luma(tile.luma())).toList();
    }

    private static Luma luma(byte[] tile) {
        float[] levels = new float[tile.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = tile[i] & 0xff;
        }
        return new Luma(Spectrum.SIZE, Spectrum.SIZE, levels);
    }
}
