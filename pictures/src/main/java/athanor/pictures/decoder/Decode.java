package athanor.pictures.decoder;

import athanor.pictures.Measured;
import athanor.pictures.PictureFormat;
import athanor.pictures.PictureLimits;
import athanor.pictures.PixelRows;
import athanor.pictures.Pixels;
import athanor.pictures.Resize;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import athanor.pictures.quality.MeasuredRows;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * Reads a stranger's bytes as a picture: the format by content, the size before the pixels, damage as a sentence. What comes out
 * is upright and sRGB, whatever the camera wrote.
 */
final class Decode {

    /** Of the heap of a decoder, for what comes out of it. A 48-megapixel photograph fits as it is. */
    static final long MEMORY = 200L << 20;

    /** When nobody wants the pixels, they are still looked at, but not kept. */
    private static final long MEMORY_WITHOUT_PIXELS = 16L << 20;

    private final PictureLimits limits;
    private final Protocol.HeadingListener heading;

    Decode(PictureLimits limits, Protocol.HeadingListener heading) {
        this.limits = limits;
        this.heading = heading;
    }

    /** Throws no exception, whatever the bytes are. Errors of the Java machine end the process that this runs in. */
    Verdict of(byte[] file, Wanted wanted) {
        try {
            Optional<PictureFormat> format = PictureFormat.of(file);
            if (format.isEmpty()) {
                return PictureFormat.refuse(file);
            }
            return read(contents(format.get(), file), wanted);
        } catch (RefusedException e) {
            return e.verdict();
        }
    }

    private static Contents contents(PictureFormat format, byte[] file) throws RefusedException {
        return switch (format) {
            case JPEG -> JpegFile.contents(file);
            case PNG -> PngFile.contents(file);
            case WEBP -> WebpFile.contents(file);
            case TIFF -> TiffFile.contents(file);
            case BMP -> BmpFile.contents(file);
            case GIF -> GifFile.contents(file);
            case HEIC, AVIF -> throw RefusedException.unsupported(format.name());
        };
    }

    private Verdict read(Contents contents, Wanted wanted) throws RefusedException {
        ImageReader reader = Decoders.forFormat(contents.format());
        FileBytes file = new FileBytes(contents.file());
        try {
            return read(reader, file, contents, wanted);
        } catch (IOException | RuntimeException e) {
            // Fuzzed files made the decoders throw six kinds of unchecked exceptions; what they say helps no
            // photographer.
            if (file.ranOut()) {
                throw RefusedException.damaged(contents.format(), "it ends in the middle of the picture");
            }
            throw RefusedException.because(
                    Verdict.Refusal.UNREADABLE,
                    "the %s file cannot be decoded here: it is damaged, or of a kind that is not read; export the picture again as JPEG or PNG"
                            .formatted(contents.format()));
        } finally {
            reader.dispose();
        }
    }

    private Verdict read(ImageReader reader, FileBytes file, Contents contents, Wanted wanted)
            throws IOException, RefusedException {
        DamageWarnings warnings = new DamageWarnings();
        reader.addIIOReadWarningListener(warnings);
        reader.setInput(file, false, true);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        Optional<String> refusal = limits.refuse(width, height, contents.keptWhole());
        if (refusal.isPresent()) {
            throw RefusedException.because(Verdict.Refusal.SIZE, refusal.get());
        }
        heading.on(new Protocol.Heading(contents.format(), width, height));

        Orientation orientation = contents.orientation();
        Wanted exactly = orientation.swapsSides() ? wanted.of(height, width) : wanted.of(width, height);
        ImageReadParam param = sparing(reader, contents, exactly, width, height);
        BufferedImage decoded = reader.read(0, param);
        warnings.refuseDamage(contents.format());
        warnings.lookAtTheEnd(contents.format(), file);

        List<Verdict.Remark> remarks = new ArrayList<>(contents.remarks());
        warnings.remark().or(() -> step(decoded, contents, param)).ifPresent(remarks::add);
        Optional<ColourProfile> profile = profile(contents, remarks);
        int uprightWidth = orientation.swapsSides() ? height : width;
        int uprightHeight = orientation.swapsSides() ? width : height;
        PixelRows rows = new DecodedRows(decoded, colours(decoded, contents, profile));
        if (!exactly.measures()) {
            Optional<BufferedImage> image =
                    exactly.pixels() ? Optional.of(pixels(rows, orientation, exactly)) : Optional.empty();
            return new Verdict.Accepted(
                    contents.format(), uprightWidth, uprightHeight, remarks, image, Optional.empty());
        }
        MeasuredRows measuring = new MeasuredRows(rows, param.getSourceXSubsampling() == 1);
        Wanted usual = Wanted.within(Measured.LONG_SIDE, Measured.LONG_SIDE).of(uprightWidth, uprightHeight);
        BufferedImage small = pixels(measuring, orientation, exactly.width() > usual.width() ? exactly : usual);
        Measured measured =
                measuring.measured(small, uprightWidth, uprightHeight, orientation.value(), savedQuality(contents));
        Optional<BufferedImage> image =
                exactly.pixels() ? Optional.of(Resize.to(small, exactly.width(), exactly.height())) : Optional.empty();
        return new Verdict.Accepted(
                contents.format(), uprightWidth, uprightHeight, remarks, image, Optional.of(measured));
    }

    /** What the data does not show, the pixels may, if none was left out. */
    private static Optional<Verdict.Remark> step(BufferedImage decoded, Contents contents, ImageReadParam param) {
        return contents.unit() != Contents.NO_UNITS && param.getSourceXSubsampling() == 1
                ? BrightnessStep.in(decoded, contents.unit())
                : Optional.empty();
    }

    private static OptionalDouble savedQuality(Contents contents) {
        return contents.format() == PictureFormat.JPEG ? JpegQuality.of(contents.file()) : OptionalDouble.empty();
    }

    /** A picture that would not fit into memory loses rows and columns while it is read. */
    private static ImageReadParam sparing(ImageReader reader, Contents contents, Wanted wanted, int width, int height)
            throws RefusedException {
        long memory = wanted.pixels() || wanted.measures() ? MEMORY : MEMORY_WITHOUT_PIXELS;
        long bytes = (long) width * height * contents.sampleBytes();
        int every = 1;
        while (bytes / every / every > memory) {
            every++;
        }
        if (wanted.pixels()
                && every > 1
                && (long) width * height / every / every < (long) wanted.width() * wanted.height()) {
            throw RefusedException.because(
                    Verdict.Refusal.SIZE,
                    "the picture of %d x %d pixels does not fit into memory in the size that is needed; scale it down"
                            .formatted(width, height));
        }
        ImageReadParam param = reader.getDefaultReadParam();
        // The last row is read in any case, because decoders complain at the end.
        param.setSourceSubsampling(every, every, 0, (height - 1) % every);
        return param;
    }

    private static Optional<ColourProfile> profile(Contents contents, List<Verdict.Remark> remarks) {
        Optional<ColourProfile> profile =
                Optional.ofNullable(contents.profile()).flatMap(ColourProfile::parse);
        if (contents.profile() != null && profile.isEmpty()) {
            remarks.add(ColourProfile.BROKEN);
        }
        return profile;
    }

    private static Colours colours(BufferedImage decoded, Contents contents, Optional<ColourProfile> profile) {
        Colours levels = levels(decoded);
        if (profile.isPresent()) {
            return profile.get().after(levels);
        }
        return contents.gamma() == null ? levels : contents.gamma();
    }

    private static Colours levels(BufferedImage decoded) {
        ColorModel model = decoded.getColorModel();
        if (model instanceof IndexColorModel palette) {
            return new Palette(palette);
        }
        boolean bytes = decoded.getRaster().getTransferType() == DataBuffer.TYPE_BYTE
                && decoded.getRaster().getNumBands() == 4;
        if (bytes && model.getColorSpace().isCS_sRGB() && model.hasAlpha() && !model.isAlphaPremultiplied()) {
            return new ClearColours();
        }
        Colours deep = DeepSamples.of(decoded);
        return deep == null ? Pixels::opaqueCopy : deep;
    }

    /** Cut while it becomes small, turned afterwards. */
    private static BufferedImage pixels(PixelRows rows, Orientation orientation, Wanted wanted) {
        boolean swapped = orientation.swapsSides();
        int width = swapped ? wanted.height() : wanted.width();
        int height = swapped ? wanted.width() : wanted.height();
        Rectangle kept = new Rectangle(wanted.left(), wanted.top(), wanted.cutWidth(), wanted.cutHeight());
        return orientation.apply(Resize.cutOut(rows, width, height, orientation.stored(kept, width, height)));
    }
}
