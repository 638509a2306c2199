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
 * @param pixelBlur the same in pixels of the picture as it is
 * @param motion how many times more a second blur takes in one direction than in its perpendicular; 1 is the same in both
 * @param faceSharpness variance of the Laplacian by variance of the luma of the main face, with 256 px on its long side
 * @param faceBlur sigma of the blur of the face's sharpest edges, pixels at the same size; at most so much, and no faceSharpness,
 *     where fewer pixels were enough to tell that the face is sharp
 * @param noise standard deviation, levels of 255
 * @param blockiness steps on JPEG's grid by steps elsewhere; 1 is none
 * @param savedQuality of the last save as JPEG, 1 to 100, as its tables say, or of a worse one before, as its traces say
 * @param dark the level, of 255, that 99 % of the pixels do not reach
 * @param bright share of pixels that are white or almost, 0 to 1, a white ground around the subject left out
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
        @Nullable Double pixelBlur,
        @Nullable Double motion,
        @Nullable Double faceSharpness,
        @Nullable Double faceBlur,
        @Nullable Double noise,
        @Nullable Double blockiness,
        @Nullable Double savedQuality,
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
