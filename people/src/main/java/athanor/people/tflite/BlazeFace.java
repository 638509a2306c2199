package athanor.people.tflite;

import athanor.people.Face;
import athanor.people.FaceDetector;
import athanor.people.KeyPoint;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** BlazeFace (Bazarevsky et al. 2019), full range and dense: 192 x 192 pixels in, faces from brow to chin out. */
final class BlazeFace implements FaceDetector {

    private static final AnchorGrid GRID = new AnchorGrid(192, new int[][] {{48, 1}}, 6);

    /** Measured: no false face on 53 photographs of people, one on 30 without. */
    private static final double THRESHOLD = 0.6;

    /** A largest face below this part of the long side is small enough that others were missed. */
    private static final double SMALL = 0.08;

    /** Tiles below this side have no more to show than the whole picture had. */
    private static final int SMALLEST_TILE = 160;

    private final Network network;

    BlazeFace(Network network) {
        this.network = network;
    }

    @Override
    public List<Face> faces(BufferedImage picture) {
        return faces(Preview.of(picture));
    }

    List<Face> faces(Preview preview) {
        List<Candidate> found = new ArrayList<>(in(preview, preview.whole()));
        int longSide = Math.max(preview.width(), preview.height()) * preview.shrunk();
        boolean small = found.stream()
                .noneMatch(face -> Math.max(face.box().width(), face.box().height()) >= SMALL * longSide);
        if (small) {
            for (Rectangle tile : tiles(preview.width(), preview.height())) {
                in(preview, tile).stream()
                        .filter(face -> isWhole(face, tile, preview))
                        .forEach(found::add);
            }
        }
        return Candidate.best(found).stream()
                .map(BlazeFace::face)
                .sorted(Comparator.comparingDouble((Face face) -> face.box().area())
                        .reversed())
                .toList();
    }

    private List<Candidate> in(Preview preview, Rectangle region) {
        Letterbox shown = preview.letterbox(region, GRID.side(), -1);
        float[][] answer = network.run(shown.rgb());
        return GRID.candidates(answer[0], answer[1], THRESHOLD, shown);
    }

    /** Half the long side, overlapping by a quarter of themselves or more. */
    static List<Rectangle> tiles(int width, int height) {
        int side = Math.max(width, height) / 2;
        if (side < SMALLEST_TILE) {
            return List.of();
        }
        List<Rectangle> tiles = new ArrayList<>();
        for (int y : starts(height, side)) {
            for (int x : starts(width, side)) {
                tiles.add(new Rectangle(x, y, Math.min(side, width - x), Math.min(side, height - y)));
            }
        }
        return tiles;
    }

    private static int[] starts(int length, int side) {
        int count = Math.max(1, (int) Math.ceil((length - 0.25 * side) / (0.75 * side)));
        int[] starts = new int[count];
        for (int i = 1; i < count; i++) {
            starts[i] = (int) Math.round((double) i * Math.max(0, length - side) / (count - 1));
        }
        return starts;
    }

    /** A face at a border that is not the picture's own is whole in the next tile. */
    private static boolean isWhole(Candidate face, Rectangle tile, Preview preview) {
        double pixel = preview.shrunk();
        boolean cutLeft = tile.x > 0 && face.box().x() < (tile.x - 1) * pixel;
        boolean cutAbove = tile.y > 0 && face.box().y() < (tile.y - 1) * pixel;
        boolean cutRight =
                tile.x + tile.width < preview.width() && face.box().right() > (tile.x + tile.width + 1) * pixel;
        boolean cutBelow =
                tile.y + tile.height < preview.height() && face.box().bottom() > (tile.y + tile.height + 1) * pixel;
        return !(cutLeft || cutAbove || cutRight || cutBelow);
    }

    private static Face face(Candidate found) {
        List<KeyPoint> keyPoints = Arrays.stream(KeyPoint.Part.values())
                .map(part ->
                        new KeyPoint(part, found.points()[2 * part.ordinal()], found.points()[2 * part.ordinal() + 1]))
                .toList();
        return new Face(found.box(), found.score(), keyPoints);
    }
}
