package athanor.pictures;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads untrusted bytes as a picture: the format by content, the size before the pixels, damage as a sentence. What comes
 * out is upright and sRGB, whatever the camera wrote. Safe for many threads; together they decode only as many pixels at
 * once as the heap can hold.
 */
public final class PictureReader {

    private static final int KILO = 1000;

    private final PictureLimits limits;
    private final int budget;
    private final Semaphore kilopixels;

    public PictureReader(PictureLimits limits) {
        this.limits = limits;
        this.budget = Math.toIntExact(limits.pixels() / KILO) + 1;
        this.kilopixels = new Semaphore(budget, true);
    }

    public static PictureReader standard() {
        return new PictureReader(PictureLimits.standard());
    }

    /** Throws nothing, whatever the bytes are. */
    public Verdict read(byte[] bytes) {
        if (bytes.length > limits.bytes()) {
            return new Verdict.Rejected("the file has %.1f MB, at most %.0f are read; save it smaller"
                    .formatted(bytes.length / 1048576.0, limits.bytes() / 1048576.0));
        }
        Optional<PictureFormat> format = PictureFormat.of(bytes);
        if (format.isEmpty()) {
            return new Verdict.Rejected(PictureFormat.describe(bytes));
        }
        Optional<String> cut = Truncation.of(bytes, format.get());
        if (cut.isPresent()) {
            return new Verdict.Rejected(cut.get());
        }
        ImageReader reader = Decoders.forFormat(format.get());
        try (ImageInputStream stream = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            return decode(reader, stream, bytes, format.get());
        } catch (IOException | RuntimeException e) {
            // Fuzzed files made the decoders throw six kinds of unchecked exceptions.
            return damaged(format.get(), e.getMessage());
        } finally {
            reader.dispose();
        }
    }

    private Verdict decode(ImageReader reader, ImageInputStream stream, byte[] bytes, PictureFormat format)
            throws IOException {
        DamageWarnings warnings = new DamageWarnings();
        reader.addIIOReadWarningListener(warnings);
        // Metadata is ignored: inflating a PNG's text can take gigabytes.
        reader.setInput(stream, false, true);
        if (Animation.in(bytes, format, reader)) {
            return new Verdict.Rejected("this is an animation; save the one frame that is meant as PNG");
        }
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        Optional<String> refusal =
                limits.refuse(width, height, format == PictureFormat.JPEG && Jpeg.progressive(bytes));
        if (refusal.isPresent()) {
            return new Verdict.Rejected(refusal.get());
        }
        int cost = Math.min(budget, Math.toIntExact((long) width * height / KILO) + 1);
        kilopixels.acquireUninterruptibly(cost);
        try {
            BufferedImage decoded = reader.read(0);
            if (warnings.damage().isPresent()) {
                return damaged(format, warnings.damage().get());
            }
            BufferedImage srgb = format == PictureFormat.PNG ? PngProfile.convert(decoded, bytes) : decoded;
            return new Verdict.Accepted(Orientation.of(bytes, format).apply(Pixels.opaque(srgb)), format);
        } catch (OutOfMemoryError e) {
            return new Verdict.Rejected("the picture of %d x %d pixels does not fit into memory here; scale it down"
                    .formatted(width, height));
        } finally {
            kilopixels.release(cost);
        }
    }

    private static Verdict damaged(PictureFormat format, @Nullable String evidence) {
        return new Verdict.Rejected("the %s file is damaged (%s); copy or export it again"
                .formatted(format, evidence == null || evidence.isBlank() ? "it cannot be decoded" : evidence));
    }
}
