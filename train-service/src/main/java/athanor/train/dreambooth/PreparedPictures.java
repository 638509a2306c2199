package athanor.train.dreambooth;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.PreparedPicture;
import athanor.contracts.run.FailureReason;
import athanor.diffusion.training.Example;
import athanor.pictures.PictureLimits;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import athanor.pictures.reader.PictureReader;
import athanor.store.ObjectStore;
import athanor.train.training.PermanentFailureException;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Reads what preprocess-service prepared: PNGs of exactly their bucket's size, checked against their hashes. Who may write to the
 * store may have put anything there, hash and all, so they are decoded as uploads are.
 */
final class PreparedPictures {

    private static final String REMEDY = "Start a new run, so that the pictures are prepared again.";

    private final ObjectStore store;

    PreparedPictures(ObjectStore store) {
        this.store = store;
    }

    List<Example> read(List<PreparedPicture> pictures) {
        try (PictureReader reader = new PictureReader(PictureLimits.standard().ofAnyShape(), 1)) {
            return pictures.stream().map(picture -> read(picture, reader)).toList();
        }
    }

    @SuppressWarnings(
            "NullAway") // an example without a mask; the checker does not see array annotations in class files
    private Example read(PreparedPicture picture, PictureReader reader) {
        Size bucket = picture.bucket();
        BufferedImage image = decode(picture, picture.picture(), bucket, reader);
        Example.Geometry geometry = new Example.Geometry(
                picture.original().width(), picture.original().height(), picture.cropTop(), picture.cropLeft());
        ObjectRef mask = picture.mask();
        float[] weights = mask == null ? null : weights(decode(picture, mask, bucket, reader));
        return new Example(
                planes(image), bucket.width(), bucket.height(), picture.caption(), geometry, weights, picture.source());
    }

    /** Black counts nothing, white all. */
    private static float[] weights(BufferedImage mask) {
        float[] weights = new float[mask.getWidth() * mask.getHeight()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (mask.getRGB(i % mask.getWidth(), i / mask.getWidth()) & 255) / 255f;
        }
        return weights;
    }

    private BufferedImage decode(PreparedPicture picture, ObjectRef object, Size bucket, PictureReader reader) {
        Verdict verdict = reader.read(store.read(object), Wanted.within(bucket.width(), bucket.height()));
        if (verdict instanceof Verdict.Rejected rejected) {
            throw damaged(picture, rejected.reason());
        }
        Verdict.Accepted read = (Verdict.Accepted) verdict;
        if (read.width() != bucket.width() || read.height() != bucket.height()) {
            throw damaged(
                    picture, "it has %d x %d pixels, its bucket %s".formatted(read.width(), read.height(), bucket));
        }
        return read.image().orElseThrow();
    }

    /** Red, green and blue one after the other, 0..255 to -1..1: (3, H, W). */
    private static float[] planes(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int area = width * height;
        int[] rgb = image.getRGB(0, 0, width, height, null, 0, width);
        float[] planes = new float[3 * area];
        for (int i = 0; i < area; i++) {
            planes[i] = ((rgb[i] >> 16) & 0xff) / 127.5f - 1;
            planes[area + i] = ((rgb[i] >> 8) & 0xff) / 127.5f - 1;
            planes[2 * area + i] = (rgb[i] & 0xff) / 127.5f - 1;
        }
        return planes;
    }

    private static PermanentFailureException damaged(PreparedPicture picture, String what) {
        return new PermanentFailureException(
                FailureReason.OBJECT_MISSING_OR_DAMAGED,
                "prepared picture %s: %s".formatted(picture.picture().key(), what),
                REMEDY);
    }
}
