package athanor.pictures.decoder;

import athanor.pictures.LinearLight;
import athanor.pictures.Pixels;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The colours of a PNG that says of them only what its numbers are as light: the exponent in {@code gAMA}, the primaries in
 * {@code cHRM}. Renderers and scientific tools write such files; taken for sRGB they come out far too dark or too bright.
 */
final class PngGamma implements Colours {

    /** Numbers in these chunks count hundred thousandths. */
    private static final double UNIT = 100_000;

    /** What sRGB's curve comes to on the whole. */
    private static final double GAMMA_OF_SRGB = 0.45455;

    /** Nearer than this libpng takes a gamma for the same, and so do we: nearly every such file means sRGB. */
    private static final double SAME_GAMMA = 0.05;

    private static final double[][] AS_THEY_ARE = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

    private final Optional<Double> gamma;
    private final double[][] toSrgb;

    private PngGamma(Optional<Double> gamma, double[][] toSrgb) {
        this.gamma = gamma;
        this.toSrgb = toSrgb;
    }

    /**
     * Nothing when the file says that it is sRGB, or says nothing.
     *
     * @param gama body of that chunk, if there is one
     * @param chrm body of that chunk, if there is one
     */
    static Optional<PngGamma> of(byte @Nullable [] gama, byte @Nullable [] chrm) {
        Optional<Double> gamma = Optional.ofNullable(gama).flatMap(PngGamma::gamma);
        Optional<Primaries> primaries = Optional.ofNullable(chrm).flatMap(PngGamma::primaries);
        if (primaries.isEmpty() && gamma.filter(PngGamma::differs).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PngGamma(gamma, primaries.map(Primaries::toSrgb).orElse(AS_THEY_ARE)));
    }

    @Override
    public BufferedImage toSrgb(BufferedImage decoded) {
        BufferedImage levels = decoded.getColorModel() instanceof IndexColorModel ? Pixels.opaque(decoded) : decoded;
        int greatest = (1 << levels.getColorModel().getComponentSize(0)) - 1;
        return viaLight(levels, light(gamma, greatest), toSrgb);
    }

    /** @param light of each level, 0 to 1 */
    private static BufferedImage viaLight(BufferedImage levels, float[] light, double[][] toSrgb) {
        Raster raster = levels.getRaster();
        int bands = raster.getNumBands();
        boolean grey = bands < 3;
        boolean clear = bands % 2 == 0;
        int width = levels.getWidth();
        BufferedImage srgb = new BufferedImage(width, levels.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        int[] row = new int[width * bands];
        float[] mixed = new float[3];
        byte[] coded = new byte[3];
        for (int y = 0; y < levels.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int at = x * bands;
                float red = light[row[at]];
                float green = light[row[grey ? at : at + 1]];
                float blue = light[row[grey ? at : at + 2]];
                for (int i = 0; i < 3; i++) {
                    mixed[i] = (float) (toSrgb[i][0] * red + toSrgb[i][1] * green + toSrgb[i][2] * blue);
                }
                LinearLight.encode(mixed, coded, 0);
                double covered = clear ? row[at + bands - 1] / (light.length - 1.0) : 1;
                srgb.setRGB(
                        x,
                        y,
                        onWhite(coded[0], covered) << 16
                                | onWhite(coded[1], covered) << 8
                                | onWhite(coded[2], covered));
            }
        }
        return srgb;
    }

    private static int onWhite(byte coded, double covered) {
        return (int) Math.round((coded & 0xff) * covered + 255 * (1 - covered));
    }

    /** Where the file does not tell the curve it is sRGB's. */
    private static float[] light(Optional<Double> gamma, int greatest) {
        float[] light = new float[greatest + 1];
        for (int level = 0; level <= greatest; level++) {
            double coded = (double) level / greatest;
            light[level] = (float) (gamma.isPresent() ? Math.pow(coded, 1 / gamma.get()) : LinearLight.decode(coded));
        }
        return light;
    }

    private static Optional<Double> gamma(byte[] gama) {
        return Optional.of(gama)
                .filter(body -> body.length == Integer.BYTES)
                .map(body -> ByteBuffer.wrap(body).getInt() / UNIT)
                .filter(gamma -> gamma > 0);
    }

    private static boolean differs(double gamma) {
        return Math.abs(gamma / GAMMA_OF_SRGB - 1) > SAME_GAMMA;
    }

    private static Optional<Primaries> primaries(byte[] chrm) {
        return Optional.of(chrm)
                .filter(body -> body.length == 8 * Integer.BYTES)
                .map(body -> {
                    double[] xy = new double[8];
                    ByteBuffer numbers = ByteBuffer.wrap(body);
                    for (int i = 0; i < xy.length; i++) {
                        xy[i] = numbers.getInt() / UNIT;
                    }
                    return new Primaries(xy);
                })
                .filter(Primaries::makeSense)
                .filter(primaries -> !primaries.areThoseOfSrgb());
    }
}
