package athanor.ingest.parcel;

import athanor.contracts.dataset.PictureFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Unpacks a zip of pictures and captions. What its headers say of sizes is not believed: bytes are counted as they come out. When
 * anything is refused, nothing is taken.
 */
public final class UnpackZip {

    private static final int PIECE = 1 << 16;
    private static final Set<String> ARCHIVES =
            Set.of("zip", "7z", "rar", "tar", "gz", "tgz", "bz2", "xz", "zst", "jar", "cbz");

    /** Below this nothing is an attack: an even surface packs to almost nothing. */
    private static final long HARMLESS = 10L << 20;

    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int END_MARK = 0x06054b50;
    /** A name may have 65,535 bytes; real ones have a few dozen, and each is read at once. */
    private static final int BYTES_OF_AN_ENTRY = 1000;

    private final ParcelLimits limits;

    public UnpackZip(ParcelLimits limits) {
        this.limits = limits;
    }

    /** @throws ParcelRefusedException with a sentence for the sender */
    public Parcel from(Path file) {
        Parcel parcel = Parcel.empty();
        boolean whole = false;
        try {
            unpack(file, parcel, 0);
            whole = true;
            return parcel;
        } finally {
            if (!whole) {
                parcel.close();
            }
        }
    }

    /**
     * Puts what is in the zips among these files in their place. The bounds hold for all of them together.
     *
     * @throws ParcelRefusedException with a sentence for the sender
     */
    void zipsIn(Parcel parcel) {
        long bytes = 0;
        for (Parcel.Item item : parcel.items()) {
            if (item.name().toLowerCase(Locale.ROOT).endsWith(".zip") && !PictureFiles.isHidden(item.name())) {
                parcel.withdraw(item);
                try {
                    bytes = unpack(item.file(), parcel, bytes);
                } catch (ParcelRefusedException e) {
                    throw new ParcelRefusedException("'%s': %s".formatted(item.name(), e.getMessage()), e);
                }
            }
        }
    }

    /** @return bytes unpacked so far, those before included */
    private long unpack(Path file, Parcel parcel, long before) {
        try {
            refuseLongLists(file);
            try (ZipFile zip = open(file)) {
                return unpack(zip, parcel, before);
            }
        } catch (ZipException | IllegalArgumentException e) {
            throw new ParcelRefusedException(reason(String.valueOf(e.getMessage())), e);
        } catch (IOException e) {
            throw new ParcelRefusedException("the zip cannot be unpacked, it is damaged; pack it again", e);
        }
    }

    private static String reason(String said) {
        if (said.contains("encrypted")) {
            return "the zip is locked by a password; pack it again without one";
        }
        if (said.contains("compression method")) {
            return "the zip is packed by a method that is not read here; pack it again as an ordinary zip (deflate)";
        }
        return "the zip cannot be read, its list of entries is damaged; pack it again";
    }

    /** The JDK reads the list of entries at once, and a zip can be nothing but a list. */
    private void refuseLongLists(Path file) throws IOException {
        try (RandomAccessFile zip = new RandomAccessFile(file.toFile(), "r")) {
            byte[] tail = new byte[(int) Math.min(zip.length(), END_BYTES + LONGEST_COMMENT)];
            zip.seek(zip.length() - tail.length);
            zip.readFully(tail);
            ByteBuffer end = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = tail.length - END_BYTES; at >= 0; at--) {
                if (end.getInt(at) == END_MARK) {
                    int entries = Short.toUnsignedInt(end.getShort(at + 10));
                    long bytes = Integer.toUnsignedLong(end.getInt(at + 12));
                    refuseAbove(limits.entries(), entries);
                    if (bytes > (long) BYTES_OF_AN_ENTRY * limits.entries()) {
                        throw new ParcelRefusedException(
                                "the list of the zip's entries alone has %d bytes; pack pictures and captions only"
                                        .formatted(bytes));
                    }
                    return;
                }
            }
            throw new ParcelRefusedException("the body is no zip, or its end is missing; send it again, whole");
        }
    }

    /** Older Windows writes names in the characters of DOS and does not say so. */
    private static ZipFile open(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile(), StandardCharsets.UTF_8);
        } catch (ZipException e) {
            if (String.valueOf(e.getMessage()).contains("bad entry name")) {
                return new ZipFile(file.toFile(), Charset.forName("IBM437"));
            }
            throw e;
        }
    }

    private long unpack(ZipFile zip, Parcel parcel, long before) throws IOException {
        refuseAbove(limits.entries(), zip.size());
        List<? extends ZipEntry> entries =
                zip.stream().filter(entry -> !entry.isDirectory()).toList();
        int visible = (int) entries.stream()
                .filter(entry -> !PictureFiles.isHidden(entry.getName()))
                .count();
        refuseAbove(limits.files(), visible);
        int together = parcel.items().size() + visible;
        if (together > limits.files()) {
            throw new ParcelRefusedException(
                    "with this zip the request has %d files, at most %d are taken at once; send it in several"
                            .formatted(together, limits.files()));
        }
        PictureFiles files =
                PictureFiles.among(entries.stream().map(ZipEntry::getName).toList());
        Set<String> skipped = new HashSet<>();
        files.skipped().forEach(file -> {
            refuseArchives(file.fileName());
            skipped.add(file.fileName());
            parcel.skip(file);
        });
        List<? extends ZipEntry> wanted = entries.stream()
                .filter(entry -> !skipped.contains(entry.getName()))
                .toList();
        refuseSameNames(wanted);
        long bytes = before;
        for (ZipEntry entry : wanted) {
            bytes += inflate(zip, entry, parcel.place(entry.getName()), bytes);
        }
        return bytes;
    }

    /** By its name only one of them can be read. */
    private static void refuseSameNames(List<? extends ZipEntry> entries) {
        Set<String> taken = new HashSet<>();
        for (ZipEntry entry : entries) {
            if (!taken.add(entry.getName())) {
                throw new ParcelRefusedException("the zip holds two files of the name '%s'; give each a name of its own"
                        .formatted(entry.getName()));
            }
        }
    }

    private static void refuseAbove(int most, int found) {
        if (found > most) {
            throw new ParcelRefusedException(
                    "the zip has %d entries, at most %d are read; send it in several".formatted(found, most));
        }
    }

    private static void refuseArchives(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (ARCHIVES.contains(ending)) {
            throw new ParcelRefusedException(
                    "the zip holds another archive, '%s'; unpack that and pack its pictures".formatted(name));
        }
    }

    /** Of a file that is too long for any picture a little more than the limit is kept, so that its verdict says so. */
    private long inflate(ZipFile zip, ZipEntry entry, Path into, long before) throws IOException {
        long packed = Math.max(1, entry.getCompressedSize());
        CRC32 sum = new CRC32();
        long bytes = 0;
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(into)) {
            byte[] piece = new byte[PIECE];
            for (int read = in.read(piece); read >= 0 && bytes <= limits.fileBytes(); read = in.read(piece)) {
                out.write(piece, 0, read);
                sum.update(piece, 0, read);
                bytes += read;
                if (bytes > HARMLESS && bytes / packed > limits.ratio()) {
                    throw new ParcelRefusedException(
                            "'%s' in the zip unpacks to more than %d times its packed size, which no picture does; leave it out"
                                    .formatted(entry.getName(), limits.ratio()));
                }
                if (before + bytes > limits.allBytes()) {
                    throw new ParcelRefusedException(
                            "the zip unpacks to more than %d bytes, the most that is taken at once; send it in several"
                                    .formatted(limits.allBytes()));
                }
            }
        }
        if (bytes <= limits.fileBytes() && sum.getValue() != entry.getCrc()) {
            throw new ParcelRefusedException(
                    "'%s' in the zip is damaged; pack it again, or send the zip once more".formatted(entry.getName()));
        }
        return bytes;
    }
}
