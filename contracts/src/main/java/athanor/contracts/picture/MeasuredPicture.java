package athanor.contracts.picture;

import athanor.contracts.Check;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of a picture. Absent is what could not be measured: in a tiny picture, in one of a single colour, in a drawing.
 *
 * @param width pixels, upright
 * @param effectiveWidth pixels of the width that carry detail of their own: fewer where somebody enlarged the picture
 * @param drawn few colours in even areas; what is measured of photographs does not apply
 * @param sharpness variance of the Laplacian by variance of the luma, with 1024 px on the long side; 1 is usual
 * @param reblur 0 sharp to 1 blurred, at the same size
 * @param edgeBlur sigma of the blur of the sharpest edges, pixels at the same size
 * @param motion how much more blurred one direction is than its perpendicular, 0 to 1
 * @param faceSharpness sigma of the blur of the face's sharpest edges, pixels with 256 px on the face's long side
 * @param noise standard deviation, levels of 255
 * @param blockiness steps on JPEG's grid by steps elsewhere; 1 is none
 * @param dark the level, of 255, that 99 % of the pixels do not reach
 * @param bright share of pixels that are white or almost, 0 to 1
 * @param span levels, of 255, between the darkest and the brightest percent
 * @param fingerprint tells whether two files show the same picture
 */
public record MeasuredPicture(
        int width,
        int height,
        int effectiveWidth,
        int effectiveHeight,
        boolean drawn,
        @Nullable Double sharpness,
        @Nullable Double reblur,
        @Nullable Double edgeBlur,
        @Nullable Double motion,
        @Nullable Double faceSharpness,
        @Nullable Double noise,
        @Nullable Double blockiness,
        int dark,
        double bright,
        int span,
        Fingerprint fingerprint) {

    /**
     * @param pixels SHA-256 of size and pixels
     * @param dHash 64 bits, 16 hexadecimal digits; so the others
     * @param mirroredDHash of the picture as a mirror shows it
     */
    public record Fingerprint(String pixels, String dHash, String pHash, String mirroredDHash, String mirroredPHash) {}

    public MeasuredPicture {
        Check.present(fingerprint, "fingerprint");
    }
}
