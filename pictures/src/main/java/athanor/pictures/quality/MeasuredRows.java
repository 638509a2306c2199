package athanor.pictures.quality;

import athanor.pictures.Fingerprint;
import athanor.pictures.Measured;
import athanor.pictures.PixelRows;
import athanor.pictures.Resize;
import java.awt.image.BufferedImage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Rows that are measured while somebody else takes them, usually to make them small. Nothing of the picture is kept but a strip
 * and a few tiles. What needs another size than the stored one is measured on the small picture at the end.
 */
public final class MeasuredRows implements PixelRows {

    /** So many pixels are enough for what is only averaged. */
    private static final double ENOUGH_PIXELS = 4e6;

    /** Above, in levels, noise is taken for detail (measured: a sigma of 2 looks sharp under a noise of 12). */
    private static final double NOISE_THAT_LOOKS_SHARP = 6;

    /** Above, what looks like an earlier save may be none, and did no harm. */
    private static final double WORTH_TELLING = 45;

    private final PixelRows rows;
    private final boolean everyPixel;
    private final int every;
    private byte[] luma;
    private byte[] above;
    private final Levels levels = new Levels();
    private final BlockGrid grid = new BlockGrid();
    private final SharpestTiles tiles;
    private final Colours colours = new Colours();
    private final MessageDigest digest;
    private int row;

    /** @param everyPixel the rows are those of the stored picture, none left out; else nothing is said about its grid and resolution */
    public MeasuredRows(PixelRows rows, boolean everyPixel) {
        this.rows = rows;
        this.everyPixel = everyPixel;
        this.every = (int) Math.max(1, (double) rows.width() * rows.height() / ENOUGH_PIXELS);
        this.luma = new byte[rows.width()];
        this.above = new byte[rows.width()];
        this.tiles = new SharpestTiles(rows.width());
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public int width() {
        return rows.width();
    }

    @Override
    public int height() {
        return rows.height();
    }

    @Override
    public void next(byte[] bgr) {
        rows.next(bgr);
        byte[] before = luma;
        luma = above;
        above = before;
        for (int x = 0, at = 0; x < luma.length; x++, at += 3) {
            luma[x] =
                    (byte) (29 * (bgr[at] & 0xff) + 150 * (bgr[at + 1] & 0xff) + 77 * (bgr[at + 2] & 0xff) + 128 >> 8);
        }
        digest.update(bgr);
        boolean sampled = row % every == 0;
        if (sampled) {
            levels.row(luma);
            colours.row(bgr);
        }
        grid.row(row, luma, above, every, sampled);
        tiles.row(row, luma);
        row++;
    }

    /**
     * After the last row.
     *
     * @param upright the same picture turned as it is looked at, of any size that is not smaller than
     *     {@link Measured#LONG_SIDE} unless the picture is
     * @param width of the stored picture when it stands upright, pixels
     * @param height of the same
     * @param savedQuality what the tables of a JPEG say
     * @param turn how the stored rows are turned to be upright; the same pixels turned otherwise are another picture
     */
    public Measured measured(BufferedImage upright, int width, int height, int turn, OptionalDouble savedQuality) {
        BufferedImage usual = usualSize(upright);
        Luma small = Luma.of(usual);
        boolean drawn = colours.drawn();
        OptionalDouble noise = drawn ? OptionalDouble.empty() : Noise.of(small);
        boolean noisy = noise.orElse(0) > NOISE_THAT_LOOKS_SHARP;
        Sharpness sharpness = noisy ? Sharpness.NOT_MEASURED : Sharpness.of(small);
        List<Luma> sharpest = drawn || !everyPixel ? List.of() : tiles.tiles();
        OptionalDouble pixelBlur = noisy ? OptionalDouble.empty() : EdgeBlur.of(sharpest);
        return new Measured(
                width,
                height,
                drawn,
                NativeResolution.enlargement(sharpest, pixelBlur),
                sharpness.detail(),
                sharpness.reblur(),
                noisy ? EdgeBlur.ofNoisy(small) : EdgeBlur.of(small),
                pixelBlur,
                sharpness.motion(),
                noise,
                blockiness(sharpest, drawn),
                worst(savedQuality, sharpest),
                levels.exposure(),
                fingerprint(small, width, height, turn));
    }

    /** Pixels that are repeated have a grid of their own. */
    private OptionalDouble blockiness(List<Luma> tiles, boolean drawn) {
        return everyPixel && !drawn && Replication.enlargement(tiles) == 1
                ? grid.blockiness(rows.width(), rows.height())
                : OptionalDouble.empty();
    }

    /** By the file's own tables, or by what is left of an earlier save, whose grid may be anywhere or where the file's own is. */
    private OptionalDouble worst(OptionalDouble saved, List<Luma> tiles) {
        OptionalDouble strongest = EarlierSave.quality(tiles, grid.left(), grid.top());
        OptionalDouble own = EarlierSave.quality(tiles, 0, 0);
        double worst = Math.min(100, Math.min(strongest.orElse(100), own.orElse(100)));
        return worst > WORTH_TELLING ? saved : OptionalDouble.of(Math.min(worst, saved.orElse(100)));
    }

    private static BufferedImage usualSize(BufferedImage picture) {
        int longSide = Math.max(picture.getWidth(), picture.getHeight());
        if (longSide <= Measured.LONG_SIDE) {
            return picture;
        }
        double scale = (double) Measured.LONG_SIDE / longSide;
        return Resize.to(picture, (int) Math.max(1, Math.round(picture.getWidth() * scale)), (int)
                Math.max(1, Math.round(picture.getHeight() * scale)));
    }

    private Fingerprint fingerprint(Luma small, int width, int height, int turn) {
        digest.update("%d x %d turned %d"
                .formatted(width, height, turn)
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        PerceptualHash hash = PerceptualHash.of(small);
        return new Fingerprint(
                HexFormat.of().formatHex(digest.digest()),
                hash.dHash(),
                hash.pHash(),
                hash.mirroredDHash(),
                hash.mirroredPHash());
    }
}
