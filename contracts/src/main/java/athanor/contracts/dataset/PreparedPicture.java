package athanor.contracts.dataset;

import athanor.contracts.Check;
import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.picture.Framing;
import org.jspecify.annotations.Nullable;

/**
 * A picture ready to be trained on.
 *
 * @param picture PNG, sRGB, exactly as large as its bucket
 * @param original upright size before scaling
 * @param cropTop rows cut off above, in pixels of the scaled picture
 * @param cropLeft columns cut off on the left, in pixels of the scaled picture
 * @param pixelsKept share of the original pixels that survive scaling and cropping, 0 to 1
 * @param upscaled whether the original had fewer pixels than the bucket
 * @param framing how it shows its person; absent where nobody knows, and of class pictures
 * @param source SHA-256 of the upload that it was made from, where a head and a whole picture belong together
 * @param mask PNG as large as its bucket: what is black counts nothing, what is white all; absent: all of it counts
 */
public record PreparedPicture(
        ObjectRef picture,
        String caption,
        Size bucket,
        Size original,
        int cropTop,
        int cropLeft,
        double pixelsKept,
        boolean upscaled,
        @Nullable Framing framing,
        @Nullable String source,
        @Nullable ObjectRef mask) {

    public PreparedPicture(
            ObjectRef picture,
            String caption,
            Size bucket,
            Size original,
            int cropTop,
            int cropLeft,
            double pixelsKept,
            boolean upscaled,
            @Nullable Framing framing) {
        this(picture, caption, bucket, original, cropTop, cropLeft, pixelsKept, upscaled, framing, null, null);
    }

    /** The same picture, of an upload that another one is of too. */
    public PreparedPicture from(@Nullable String upload) {
        return new PreparedPicture(
                picture, caption, bucket, original, cropTop, cropLeft, pixelsKept, upscaled, framing, upload, mask);
    }

    public PreparedPicture {
        Check.present(picture, "picture");
        Check.text(caption, "caption");
        Check.present(bucket, "bucket");
        Check.present(original, "original");
        Check.atLeast(0, cropTop, "cropTop");
        Check.atLeast(0, cropLeft, "cropLeft");
        Check.between(0, 1, pixelsKept, "pixelsKept");
    }
}
