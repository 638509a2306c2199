package athanor.pictures.decoder;

import athanor.pictures.PictureFormat;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** One directory of a TIFF: entries of twelve bytes that hold a small value or say where a larger one lies. */
final class TiffDirectory {

    static final int SUBFILE = 254;
    static final int WIDTH = 256;
    static final int HEIGHT = 257;
    static final int BITS = 258;
    static final int COMPRESSION = 259;
    static final int PHOTOMETRIC = 262;
    static final int ORIENTATION = 274;
    static final int SAMPLES = 277;
    static final int TILE_WIDTH = 322;
    static final int TILE_LENGTH = 323;
    static final int FURTHER_DIRECTORIES = 330;
    static final int SAMPLE_FORMAT = 339;
    static final int PROFILE = 34675;
    static final int DNG_VERSION = 50706;

    /** What pixels depend on: layout, colours, where the data is, and the tables of JPEG inside of TIFF. */
    private static final Set<Integer> FOR_PIXELS = Set.of(
            WIDTH,
            HEIGHT,
            BITS,
            COMPRESSION,
            PHOTOMETRIC,
            266,
            273,
            SAMPLES,
            278,
            279,
            284,
            292,
            293,
            317,
            320,
            TILE_WIDTH,
            TILE_LENGTH,
            324,
            325,
            332,
            338,
            339,
            347,
            512,
            513,
            514,
            515,
            519,
            520,
            521,
            529,
            530,
            531,
            532);

    private static final Set<Integer> ABOUT_PIXELS =
            Set.of(SUBFILE, ORIENTATION, FURTHER_DIRECTORIES, PROFILE, DNG_VERSION);

    private static final int[] BYTES_OF_TYPE = {1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
    private static final int ENTRY = 12;
    private static final int BYTE = 1;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int DIRECTORY = 13;

    private final ByteBuffer file;

    /** Where each tag's entry lies in the file, by tag. */
    private final Map<Integer, Integer> entries = new TreeMap<>();

    private final long next;

    private TiffDirectory(ByteBuffer file, int at) throws RefusedException {
        this.file = file;
        int count = file.getShort(at) & 0xffff;
        int end = at + 2 + count * ENTRY;
        if (end > file.limit()) {
            throw damaged();
        }
        for (int i = 0; i < count; i++) {
            int entry = at + 2 + i * ENTRY;
            int tag = file.getShort(entry) & 0xffff;
            if (FOR_PIXELS.contains(tag) || ABOUT_PIXELS.contains(tag)) {
                entries.putIfAbsent(tag, entry);
            }
        }
        next = end + 4 > file.limit() ? 0 : unsigned(end);
    }

    static TiffDirectory at(ByteBuffer file, long at) throws RefusedException {
        if (at < 8 || at + 2 > file.limit()) {
            throw damaged();
        }
        return new TiffDirectory(file, (int) at);
    }

    /** Where the next directory lies, 0 after the last one. */
    long next() {
        return next;
    }

    boolean has(int tag) {
        return entries.containsKey(tag);
    }

    long width() {
        return number(WIDTH, 0);
    }

    long height() {
        return number(HEIGHT, 0);
    }

    long pixels() {
        return width() * height();
    }

    /** The first number of the tag. */
    long number(int tag, long otherwise) {
        return numbers(tag, 1).findFirst().orElse(otherwise);
    }

    /** The tag's numbers, as many as are in the file and are wanted. */
    LongStream numbers(int tag, int most) {
        Integer entry = entries.get(tag);
        if (entry == null) {
            return LongStream.empty();
        }
        int type = file.getShort(entry + 2);
        int width = width(type);
        if (type != BYTE && type != SHORT && type != LONG && type != DIRECTORY) {
            return LongStream.empty();
        }
        long where = where(entry);
        long fits = Math.max(0, (file.limit() - where) / width);
        return LongStream.range(0, Math.min(Math.min(count(entry), most), fits)).map(i -> switch (width) {
            case 1 -> file.get((int) (where + i)) & 0xff;
            case 2 -> file.getShort((int) (where + 2 * i)) & 0xffff;
            default -> unsigned((int) (where + 4 * i));
        });
    }

    byte @Nullable [] bytes(int tag) {
        Integer entry = entries.get(tag);
        if (entry == null || !fits(entry)) {
            return null;
        }
        byte[] bytes = new byte[(int) size(entry)];
        file.get((int) where(entry), bytes);
        return bytes;
    }

    /** An entry that claims more values than the file has bytes would be made room for all the same. */
    void checkBounds() throws RefusedException {
        for (Map.Entry<Integer, Integer> entry : entries.entrySet()) {
            if (FOR_PIXELS.contains(entry.getKey()) && !fits(entry.getValue())) {
                throw damaged();
            }
        }
    }

    /** The file with this directory as its only one, and in it only what pixels depend on. */
    byte[] alone(boolean withProfile) {
        var wanted = entries.entrySet().stream()
                .filter(entry -> FOR_PIXELS.contains(entry.getKey()) || withProfile && entry.getKey() == PROFILE)
                .map(Map.Entry::getValue)
                .toList();
        int at = file.limit() + file.limit() % 2;
        ByteBuffer alone =
                ByteBuffer.allocate(at + 2 + wanted.size() * ENTRY + 4).order(file.order());
        alone.put(file.duplicate().rewind());
        alone.putInt(4, at);
        alone.position(at);
        alone.putShort((short) wanted.size());
        for (int entry : wanted) {
            alone.put(file.slice(entry, ENTRY));
        }
        return alone.array();
    }

    private boolean fits(int entry) {
        return where(entry) + size(entry) <= file.limit();
    }

    private long size(int entry) {
        return count(entry) * width(file.getShort(entry + 2));
    }

    private long where(int entry) {
        return size(entry) <= 4 ? entry + 8 : unsigned(entry + 8);
    }

    private long count(int entry) {
        return unsigned(entry + 4);
    }

    private static int width(int type) {
        return BYTES_OF_TYPE[type >= 0 && type < BYTES_OF_TYPE.length ? type : 0];
    }

    private long unsigned(int at) {
        return Integer.toUnsignedLong(file.getInt(at));
    }

    static String nameOf(long compression) {
        return switch ((int) compression) {
            case 50000 -> "zstd";
            case 50001 -> "WebP";
            case 34925 -> "LZMA";
            case 34712, 33003, 33005 -> "JPEG 2000";
            case 52546 -> "JPEG XL";
            case 34887 -> "LERC";
            default -> "number " + compression;
        };
    }

    private static RefusedException damaged() {
        return RefusedException.damaged(PictureFormat.TIFF, "its directory points outside of the file");
    }
}
