package athanor.pictures.quality;

import athanor.pictures.Fingerprint;
import java.awt.image.BufferedImage;

/** What is compared of a picture in memory to see whether it is another one again: resized, brightened, cut a little or mirrored. */
public final class PictureHash {

    private final PerceptualHash hash;

    private PictureHash(PerceptualHash hash) {
        this.hash = hash;
    }

    public static PictureHash of(BufferedImage picture) {
        return new PictureHash(PerceptualHash.of(Luma.of(picture)));
    }

    /** As {@link SimilarPictures} decides of files. */
    public boolean isAlike(PictureHash other) {
        return SimilarPictures.alike(distance(other.hash.dHash(), other.hash.pHash()))
                || SimilarPictures.alike(distance(other.hash.mirroredDHash(), other.hash.mirroredPHash()));
    }

    private Fingerprint.Distance distance(long dHash, long pHash) {
        return new Fingerprint.Distance(Long.bitCount(hash.dHash() ^ dHash), Long.bitCount(hash.pHash() ^ pHash));
    }
}
