package athanor.pictures.decoder;

import athanor.pictures.Verdict;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBufferByte;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ICC profile of a picture, by which its numbers become sRGB; without it, photographs of telephones come out dull. */
final class ColourProfile {

    static final Verdict.Remark BROKEN = new Verdict.Remark(
            Verdict.Remark.About.COLOUR_PROFILE,
            "its colour profile is broken or not made for such a picture; it was left out and the colours were taken as sRGB");

    private static final int HEADER = 128;
    private static final int TAG = 12;
    private static final int MOST_TAGS = 100;
    private static final int SIGNATURE = 'a' << 24 | 'c' << 16 | 's' << 8 | 'p';

    /** A change that nobody sees: the profile is sRGB under another name. */
    private static final int INVISIBLE = 1;

    private final @Nullable ColorConvertOp conversion;
    private final byte @Nullable [] greys;

    private ColourProfile(@Nullable ColorConvertOp conversion, byte @Nullable [] greys) {
        this.conversion = conversion;
        this.greys = greys;
    }

    /**
     * Whether the sizes that the profile claims are those it has. Java makes room for what is claimed.
     */
    static boolean wellFormed(byte[] profile) {
        if (profile.length < HEADER + 4) {
            return false;
        }
        ByteBuffer numbers = ByteBuffer.wrap(profile);
        int tags = numbers.getInt(HEADER);
        boolean sane = numbers.getInt(0) == profile.length
                && numbers.getInt(36) == SIGNATURE
                && tags >= 0
                && tags <= MOST_TAGS
                && HEADER + 4 + tags * TAG <= profile.length;
        for (int i = 0; sane && i < tags; i++) {
            long offset = Integer.toUnsignedLong(numbers.getInt(HEADER + 4 + i * TAG + 4));
            long size = Integer.toUnsignedLong(numbers.getInt(HEADER + 4 + i * TAG + 8));
            sane = offset + size <= profile.length;
        }
        return sane;
    }

    /** The conversion by this profile; nothing when the profile is broken or for inks. */
    static Optional<ColourProfile> parse(byte[] bytes) {
        if (!wellFormed(bytes)) {
            return Optional.empty();
        }
        try {
            ICC_Profile profile = ICC_Profile.getInstance(bytes);
            return switch (profile.getColorSpaceType()) {
                case ColorSpace.TYPE_RGB -> Optional.of(ofColours(profile));
                case ColorSpace.TYPE_GRAY -> Optional.of(ofGreys(profile));
                default -> Optional.empty();
            };
        } catch (CMMException | IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    private static ColourProfile ofColours(ICC_Profile profile) {
        ColorConvertOp conversion =
                new ColorConvertOp(new ICC_ColorSpace(profile), ColorSpace.getInstance(ColorSpace.CS_sRGB), null);
        BufferedImage probe = probe();
        byte[] before = levels(probe.getRaster()).clone();
        conversion.filter(probe.getRaster(), probe.getRaster());
        byte[] after = levels(probe.getRaster());
        int change = 0;
        for (int i = 0; i < before.length; i++) {
            change = Math.max(change, Math.abs((before[i] & 0xff) - (after[i] & 0xff)));
        }
        return new ColourProfile(change <= INVISIBLE ? null : conversion, null);
    }

    /** Nine levels of each colour in every combination, one row. */
    private static BufferedImage probe() {
        BufferedImage probe = new BufferedImage(9 * 9 * 9, 1, BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < probe.getWidth(); i++) {
            probe.setRGB(i, 0, level(i / 81) << 16 | level(i / 9 % 9) << 8 | level(i % 9));
        }
        return probe;
    }

    private static int level(int step) {
        return step * 255 / 8;
    }

    private static ColourProfile ofGreys(ICC_Profile profile) {
        ICC_ColorSpace space = new ICC_ColorSpace(profile);
        byte[] greys = new byte[256];
        for (int i = 0; i < greys.length; i++) {
            greys[i] = (byte) Math.round(255 * space.toRGB(new float[] {i / 255f})[1]);
        }
        return new ColourProfile(null, greys);
    }

    /** The colours of the picture, whose numbers are {@code levels} until the profile says what they mean. */
    Colours after(Colours levels) {
        return decoded -> {
            BufferedImage strip = levels.toSrgb(decoded);
            apply(strip, decoded.getColorModel().getNumColorComponents() == 1);
            return strip;
        };
    }

    private void apply(BufferedImage strip, boolean grey) {
        if (conversion != null) {
            conversion.filter(strip.getRaster(), strip.getRaster());
        } else if (greys != null && grey) {
            byte[] levels = levels(strip.getRaster());
            for (int i = 0; i < levels.length; i++) {
                levels[i] = greys[levels[i] & 0xff];
            }
        }
    }

    private static byte[] levels(WritableRaster raster) {
        return ((DataBufferByte) raster.getDataBuffer()).getData();
    }
}
