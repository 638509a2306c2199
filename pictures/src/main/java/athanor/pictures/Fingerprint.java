package athanor.pictures;

import java.util.HexFormat;

/**
 * What tells whether two files show the same picture.
 *
 * @param pixels SHA-256 over size and rows, 64 hexadecimal digits; equal for the same pixels only
 * @param dHash 64 bits, each whether brightness rises from one cell to its right neighbour
 * @param pHash 64 bits, each whether one of the lowest 64 frequencies is above their median
 * @param mirroredDHash the same of the picture as a mirror shows it
 * @param mirroredPHash the same
 */
public record Fingerprint(String pixels, long dHash, long pHash, long mirroredDHash, long mirroredPHash) {

    private static final int DIGITS = 64;

    public Fingerprint {
        if (pixels.length() != DIGITS || !pixels.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException(
                    "the digest of the pixels has %d characters, wanted are %d hexadecimal digits"
                            .formatted(pixels.length(), DIGITS));
        }
    }

    public boolean samePixels(Fingerprint other) {
        return pixels.equals(other.pixels);
    }

    /** Bits in which the two hashes of each kind differ. */
    public Distance distance(Fingerprint other) {
        return new Distance(Long.bitCount(dHash ^ other.dHash), Long.bitCount(pHash ^ other.pHash));
    }

    /** The same between this picture and the other one's mirror image. */
    public Distance mirroredDistance(Fingerprint other) {
        return new Distance(Long.bitCount(dHash ^ other.mirroredDHash), Long.bitCount(pHash ^ other.mirroredPHash));
    }

    /** Bits of 64, per kind of hash. */
    public record Distance(int dHash, int pHash) {

        public boolean atMost(int mostDHash, int mostPHash) {
            return dHash <= mostDHash && pHash <= mostPHash;
        }
    }
}
