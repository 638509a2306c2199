package athanor.appraisal;

import athanor.contracts.picture.MeasuredPicture;
import athanor.pictures.Exposure;
import athanor.pictures.Fingerprint;
import athanor.pictures.Measured;
import athanor.pictures.quality.RegionMeasures;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Measures as they are written down, and back. */
final class Measurements {

    private static final double DECIMALS = 1e4;

    private Measurements() {}

    static Optional<MeasuredPicture> of(Optional<Measured> measured, Optional<RegionMeasures> face) {
        return measured.map(numbers -> of(
                numbers,
                face.map(RegionMeasures::sharpness).orElse(OptionalDouble.empty()),
                face.map(RegionMeasures::edgeBlur).orElse(OptionalDouble.empty())));
    }

    private static MeasuredPicture of(Measured measured, OptionalDouble faceSharpness, OptionalDouble faceBlur) {
        Exposure exposure = measured.exposure();
        return new MeasuredPicture(
                measured.width(),
                measured.height(),
                measured.effectiveWidth(),
                measured.effectiveHeight(),
                measured.drawn(),
                number(measured.sharpness()),
                number(measured.reblur()),
                number(measured.edgeBlur()),
                number(measured.pixelBlur()),
                number(measured.motion()),
                number(faceSharpness),
                number(faceBlur),
                number(measured.noise()),
                number(measured.blockiness()),
                number(measured.savedQuality()),
                exposure.last(),
                rounded(exposure.bright()),
                exposure.span(),
                of(measured.fingerprint()));
    }

    private static MeasuredPicture.Fingerprint of(Fingerprint fingerprint) {
        return new MeasuredPicture.Fingerprint(
                fingerprint.pixels(),
                hex(fingerprint.dHash()),
                hex(fingerprint.pHash()),
                hex(fingerprint.mirroredDHash()),
                hex(fingerprint.mirroredPHash()));
    }

    static Fingerprint fingerprint(MeasuredPicture.Fingerprint written) {
        return new Fingerprint(
                written.pixels(),
                bits(written.dHash()),
                bits(written.pHash()),
                bits(written.mirroredDHash()),
                bits(written.mirroredPHash()));
    }

    private static @Nullable Double number(OptionalDouble measured) {
        return measured.isPresent() ? rounded(measured.getAsDouble()) : null;
    }

    private static double rounded(double number) {
        return Math.round(number * DECIMALS) / DECIMALS;
    }

    private static String hex(long bits) {
        return HexFormat.of().toHexDigits(bits);
    }

    private static long bits(String hex) {
        return HexFormat.fromHexDigitsToLong(hex);
    }
}
