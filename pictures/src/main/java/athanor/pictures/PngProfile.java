package athanor.pictures;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The colour profile of a PNG, which Java's reader leaves out: without it, screenshots and exports of wide-gamut displays
 * come out dull.
 */
final class PngProfile {

    private static final int LARGEST_PROFILE = 4 << 20;

    private PngProfile() {}

    /** The picture in sRGB: by its profile, or else by what the file says of its {@linkplain PngGamma gamma}. */
    static BufferedImage convert(BufferedImage decoded, byte[] file) {
        Optional<ICC_Profile> profile = Chunks.ofPng(file, "iCCP").flatMap(PngProfile::parse);
        if (profile.isEmpty()) {
            return PngGamma.convert(decoded, file);
        }
        boolean threeColours = decoded.getColorModel().getNumColorComponents() == 3;
        if (!threeColours || profile.get().getColorSpaceType() != ColorSpace.TYPE_RGB) {
            return decoded;
        }
        BufferedImage pixels = Pixels.opaque(decoded);
        ColorConvertOp conversion =
                new ColorConvertOp(new ICC_ColorSpace(profile.get()), ColorSpace.getInstance(ColorSpace.CS_sRGB), null);
        conversion.filter(pixels.getRaster(), pixels.getRaster());
        return pixels;
    }

    /** Name, zero, compression method, then the deflated profile. */
    private static Optional<ICC_Profile> parse(byte[] body) {
        int nameEnd = 0;
        while (nameEnd < body.length && body[nameEnd] != 0) {
            nameEnd++;
        }
        Inflater inflater = new Inflater();
        try {
            int start = Math.min(body.length, nameEnd + 2);
            inflater.setInput(body, start, body.length - start);
            byte[] profile = new byte[LARGEST_PROFILE];
            int length = 0;
            int got;
            while (length < profile.length && (got = inflater.inflate(profile, length, profile.length - length)) > 0) {
                length += got;
            }
            return Optional.of(ICC_Profile.getInstance(Arrays.copyOf(profile, length)));
        } catch (DataFormatException | IllegalArgumentException e) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }
}
