package athanor.pictures.decoder;

import static athanor.pictures.Verdict.Remark.About.PAGES;
import static athanor.pictures.Verdict.Remark.About.SAMPLES;

import athanor.pictures.PictureFormat;
import athanor.pictures.Verdict;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directories of a TIFF (TIFF 6.0, section 2). The largest page is the picture; the decoder gets a file in which no other
 * directory can be reached.
 */
final class TiffFile {

    private static final int MOST_PAGES = 500;
    private static final int MOST_SAMPLES = 6;
    private static final long MOST_TILE_PIXELS = 1 << 24;

    private static final Set<Integer> COMPRESSIONS = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 32773, 32946);
    private static final Set<Integer> BITS_A_SAMPLE = Set.of(1, 2, 4, 8, 16, 24, 32, 64);
    private static final int COLOUR_FILTER_ARRAY = 32803;
    private static final int LINEAR_RAW = 34892;
    private static final int SEPARATED = 5;
    private static final int SMALLER_COPY = 1;
    private static final int FLOATING_POINT = 3;

    private final ByteBuffer file;
    private final List<TiffDirectory> pages = new ArrayList<>();
    private final Set<Long> seen = new HashSet<>();

    private TiffFile(byte[] bytes) {
        boolean little = bytes[0] == 'I';
        this.file = ByteBuffer.wrap(bytes).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    }

    static Contents contents(byte[] bytes) throws RefusedException {
        return new TiffFile(bytes).walk();
    }

    private Contents walk() throws RefusedException {
        if (file.limit() < 8) {
            throw damaged("it ends in the middle of its header");
        }
        if (file.getShort(2) == 43) {
            throw RefusedException.unsupported("a BigTIFF");
        }
        follow(unsigned(4));
        List<TiffDirectory> pictures =
                pages.stream().filter(page -> page.pixels() > 0).toList();
        if (pictures.isEmpty()) {
            throw damaged("it holds no picture");
        }
        if (pages.stream().anyMatch(TiffFile::isRaw)) {
            throw RefusedException.unsupported("a RAW file of a camera");
        }
        TiffDirectory largest = pictures.stream()
                .max(Comparator.comparingLong(TiffDirectory::pixels))
                .orElseThrow();
        check(largest);
        return contents(largest, remarks(largest, pictures));
    }

    /** Each page names the next; some name further ones that belong to them. */
    private void follow(long first) throws RefusedException {
        long at = first;
        while (at != 0 && seen.add(at)) {
            if (pages.size() == MOST_PAGES) {
                throw RefusedException.because(
                        Verdict.Refusal.UNSUPPORTED,
                        "the TIFF has more than %d pages; save the one that is meant as a file of its own"
                                .formatted(MOST_PAGES));
            }
            TiffDirectory page = TiffDirectory.at(file, at);
            pages.add(page);
            for (long below :
                    page.numbers(TiffDirectory.FURTHER_DIRECTORIES, MOST_PAGES).toArray()) {
                if (pages.size() < MOST_PAGES && below != 0 && seen.add(below)) {
                    pages.add(TiffDirectory.at(file, below));
                }
            }
            at = page.next();
        }
    }

    private static boolean isRaw(TiffDirectory page) {
        long colours = page.number(TiffDirectory.PHOTOMETRIC, 0);
        return colours == COLOUR_FILTER_ARRAY || colours == LINEAR_RAW || page.has(TiffDirectory.DNG_VERSION);
    }

    private static void check(TiffDirectory page) throws RefusedException {
        long compression = page.number(TiffDirectory.COMPRESSION, 1);
        if (!COMPRESSIONS.contains((int) compression)) {
            throw RefusedException.unsupported(
                    "a TIFF of this compression (%s)".formatted(TiffDirectory.nameOf(compression)));
        }
        long samples = page.number(TiffDirectory.SAMPLES, 1);
        if (samples > MOST_SAMPLES) {
            throw RefusedException.unsupported("a TIFF of %d channels".formatted(samples));
        }
        long bits = page.number(TiffDirectory.BITS, 1);
        if (!BITS_A_SAMPLE.contains((int) bits) || samples > 1 && bits < 8) {
            throw RefusedException.unsupported("a TIFF of %d bits in each of %d channels".formatted(bits, samples));
        }
        long tile = page.number(TiffDirectory.TILE_WIDTH, 1) * page.number(TiffDirectory.TILE_LENGTH, 1);
        if (tile < 1 || tile > Math.max(MOST_TILE_PIXELS, 2 * page.pixels())) {
            throw damaged("its tiles are larger than the picture");
        }
        page.checkBounds();
    }

    private static List<Verdict.Remark> remarks(TiffDirectory taken, List<TiffDirectory> pictures) {
        List<Verdict.Remark> remarks = new ArrayList<>();
        List<TiffDirectory> whole =
                pictures.stream().filter(page -> !isSmallerCopy(page)).toList();
        if (whole.size() > 1) {
            remarks.add(new Verdict.Remark(
                    PAGES,
                    "it has %d pages, of which the largest was taken (%d x %d pixels, number %d)"
                            .formatted(whole.size(), taken.width(), taken.height(), pictures.indexOf(taken) + 1)));
        }
        if (isSmallerCopy(taken)) {
            remarks.add(
                    new Verdict.Remark(PAGES, "it holds nothing but a smaller copy of its picture, which was taken"));
        }
        if (taken.number(TiffDirectory.SAMPLE_FORMAT, 1) == FLOATING_POINT) {
            remarks.add(new Verdict.Remark(
                    SAMPLES, "its samples are floating-point numbers; 0 was taken for black and 1 for white"));
        }
        return remarks;
    }

    private static boolean isSmallerCopy(TiffDirectory page) {
        return (page.number(TiffDirectory.SUBFILE, 0) & SMALLER_COPY) != 0;
    }

    private Contents contents(TiffDirectory page, List<Verdict.Remark> remarks) {
        byte @Nullable [] profile = page.bytes(TiffDirectory.PROFILE);
        boolean inks = page.number(TiffDirectory.PHOTOMETRIC, 0) == SEPARATED;
        boolean believed = inks && profile != null && ColourProfile.wellFormed(profile);
        if (inks && profile != null && !believed || profile == null && page.has(TiffDirectory.PROFILE)) {
            remarks.add(ColourProfile.BROKEN);
        }
        int samples = (int) page.number(TiffDirectory.SAMPLES, 1);
        int bits = (int) Math.max(8, page.number(TiffDirectory.BITS, 8));
        return new Contents(
                PictureFormat.TIFF,
                page.alone(believed),
                Orientation.of((int) page.number(TiffDirectory.ORIENTATION, 1)),
                inks ? null : profile,
                null,
                samples * (bits + 7) / 8,
                false,
                Contents.NO_UNITS,
                remarks);
    }

    private long unsigned(int at) {
        return Integer.toUnsignedLong(file.getInt(at));
    }

    private static RefusedException damaged(String evidence) {
        return RefusedException.damaged(PictureFormat.TIFF, evidence);
    }
}
