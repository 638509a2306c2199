package athanor.ingest.parcel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.contracts.dataset.SkippedFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackZipTest {

    private static final ParcelLimits LIMITS = new ParcelLimits(20, 1 << 20, 4 << 20, 100);

    @TempDir
    Path folder;

    private Path zip(Charset names, Map<String, byte[]> entries) throws IOException {
        Path file = folder.resolve("pictures.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file), names)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    private static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(bytes).nextBytes(noise);
        return noise;
    }

    private void assertRefused(ParcelLimits limits, Path zip, String sentence) throws IOException {
        assertThatThrownBy(() -> new UnpackZip(limits).from(zip))
                .isInstanceOf(ParcelRefusedException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void namesAreKeptAndNeverUsedAsPaths() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("../../escaped.jpg", noise(10));
        entries.put("/abs.jpg", noise(11));
        entries.put("..\\win.jpg", noise(12));
        entries.put("größe 一位.png", noise(13));
        entries.put("__MACOSX/._x.jpg", noise(14));
        entries.put("folder/", new byte[0]);

        try (Parcel parcel = new UnpackZip(LIMITS).from(zip(UTF_8, entries))) {
            assertThat(parcel.items())
                    .extracting(Parcel.Item::name)
                    .containsExactly("../../escaped.jpg", "/abs.jpg", "..\\win.jpg", "größe 一位.png");
            assertThat(parcel.items()).allMatch(item -> item.file().getParent().equals(parcel.folder()));
            assertThat(parcel.skipped()).extracting(SkippedFile::fileName).containsExactly("__MACOSX/._x.jpg");
            assertThat(parcel.items().get(3).file()).hasBinaryContent(noise(13));
        }
    }

    @Test
    void aZipOfOldWindowsIsReadInTheCharactersOfDos() throws IOException {
        try (Parcel parcel =
                new UnpackZip(LIMITS).from(zip(Charset.forName("IBM437"), Map.of("größe.jpg", noise(9))))) {
            assertThat(parcel.items()).extracting(Parcel.Item::name).containsExactly("größe.jpg");
        }
    }

    @Test
    void nothingIsLeftOnTheDisk() throws IOException {
        Path unpacked;
        try (Parcel parcel = new UnpackZip(LIMITS).from(zip(UTF_8, Map.of("1.jpg", noise(9))))) {
            unpacked = parcel.folder();
            assertThat(unpacked).exists();
        }

        assertThat(unpacked).doesNotExist();
    }

    @Test
    void zerosWithoutEndAreStoppedWhileTheyComeOut() throws IOException {
        Path bomb = zip(UTF_8, Map.of("1.bmp", new byte[30 << 20]));

        assertRefused(new ParcelLimits(20, 40 << 20, 100 << 20, 100), bomb, "unpacks to more than 100 times");
    }

    @Test
    void allFilesTogetherHaveALimit() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (int i = 0; i < 5; i++) {
            entries.put(i + ".jpg", noise(1_000_000));
        }

        assertRefused(LIMITS, zip(UTF_8, entries), "unpacks to more than 4194304 bytes");
    }

    @Test
    void ofAFileThatIsTooLongForAPictureALittleMoreThanTheLimitIsKept() throws IOException {
        try (Parcel parcel = new UnpackZip(LIMITS).from(zip(UTF_8, Map.of("1.jpg", noise(3 << 20))))) {
            assertThat(Files.size(parcel.items().get(0).file())).isBetween((1L << 20) + 1, (1L << 20) + (1 << 16));
        }
    }

    @Test
    void longListsAreRefusedBeforeTheyAreRead() throws IOException {
        Map<String, byte[]> many = new LinkedHashMap<>();
        Stream.iterate(0, i -> i + 1).limit(30).forEach(i -> many.put(i + ".jpg", new byte[0]));
        Map<String, byte[]> longNames = new LinkedHashMap<>();
        Stream.iterate(0, i -> i + 1).limit(15).forEach(i -> longNames.put("x".repeat(60_000) + i, new byte[0]));

        assertRefused(LIMITS, zip(UTF_8, many), "has 30 entries, at most 20 are read");
        assertRefused(LIMITS, zip(UTF_8, longNames), "the list of the zip's entries alone has");
    }

    @Test
    void archivesInsideAreNotOpened() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("1.jpg", noise(9));
        entries.put("more.ZIP", noise(9));

        assertRefused(LIMITS, zip(UTF_8, entries), "holds another archive, 'more.ZIP'");
    }

    @Test
    void damagedOnesAndWhatIsNoneAreRefusedWithASentence() throws IOException {
        Path whole = zip(UTF_8, Map.of("1.jpg", noise(5000)));
        byte[] bytes = Files.readAllBytes(whole);

        assertRefused(LIMITS, Files.write(folder.resolve("cut.zip"), Arrays.copyOf(bytes, 3000)), "its end is missing");
        assertRefused(LIMITS, Files.write(folder.resolve("none.zip"), noise(40)), "is no zip");
        assertRefused(LIMITS, Files.write(folder.resolve("empty.zip"), new byte[0]), "is no zip");
        Arrays.fill(bytes, 100, 3000, (byte) 7);
        assertRefused(LIMITS, Files.write(folder.resolve("bad.zip"), bytes), "'1.jpg' in the zip is damaged");
    }

    @Test
    void twoFilesOfOneNameAreRefusedByIt() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("1.jpg", noise(9));
        entries.put("2.jpg", noise(10));
        Path zip = zip(UTF_8, entries);
        String renamed = new String(Files.readAllBytes(zip), ISO_8859_1).replace("2.jpg", "1.jpg");

        assertRefused(LIMITS, Files.write(zip, renamed.getBytes(ISO_8859_1)), "holds two files of the name '1.jpg'");
    }

    /** What the JDK says of them names parts of the format and nothing that a photographer could do. */
    @Test
    void whatIsWrongWithTheListIsSaidInWords() throws IOException {
        byte[] bytes = Files.readAllBytes(zip(UTF_8, Map.of("1.jpg", noise(5000))));
        int list = new String(bytes, ISO_8859_1).indexOf("PK\1\2");

        bytes[list + 8] |= 1;
        assertRefused(LIMITS, Files.write(folder.resolve("locked.zip"), bytes), "is locked by a password");
        bytes[list + 8] &= ~1;
        bytes[list + 10] = 99;
        assertRefused(LIMITS, Files.write(folder.resolve("method.zip"), bytes), "a method that is not read here");
        bytes[list + 10] = 8;
        bytes[list + 45] = 0x7f;
        assertRefused(LIMITS, Files.write(folder.resolve("lost.zip"), bytes), "it is damaged; pack it again");
    }
}
