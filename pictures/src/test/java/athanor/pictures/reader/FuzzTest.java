package athanor.pictures.reader;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.pictures.PictureFormat;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of damages to valid files of every format: each costs a verdict, none a decoder for good. */
class FuzzTest {

    private static final int MUTANTS = Integer.getInteger("fuzz.mutants", 2000);
    private static final int SEED = 19;
    private static final int PNG_SIGNATURE = 8;

    /** Numbers at which sums and products overflow. */
    private static final int[] AWKWARD = {0, 1, -1, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0x7fffffff / 4 + 1};

    @TempDir
    Path folder;

    @Test
    void everyMutantGetsAVerdictThatNamesNoClassOfJava() throws Exception {
        List<byte[]> whole = validFiles();
        Random random = new Random(SEED);
        Set<PictureFormat> mutated = EnumSet.noneOf(PictureFormat.class);
        List<CompletableFuture<Verdict>> verdicts = new ArrayList<>();
        try (PictureReader reader = PictureReader.standard()) {
            for (int i = 0; i < MUTANTS; i++) {
                byte[] original = whole.get(i % whole.size());
                mutated.add(PictureFormat.of(original).orElseThrow());
                Path mutant = Files.write(folder.resolve(Integer.toString(i)), mutant(original, random));
                verdicts.add(reader.begin(mutant, i % 2 == 0 ? Wanted.noPixels() : Wanted.within(32, 32)));
            }

            assertThat(mutated)
                    .as("all that are read without another program")
                    .isEqualTo(EnumSet.range(PictureFormat.JPEG, PictureFormat.GIF));
            for (int i = 0; i < MUTANTS; i++) {
                Verdict verdict = verdicts.get(i).get(10, TimeUnit.MINUTES);
                if (verdict instanceof Verdict.Rejected rejected) {
                    assertThat(rejected.reason())
                            .as("mutant %d", i)
                            .isNotBlank()
                            .doesNotContain("Exception", "java.", "null", "(-");
                }
            }
        }
    }

    private static List<byte[]> validFiles() throws IOException, URISyntaxException {
        List<byte[]> files = new ArrayList<>();
        for (String resources : List.of("/formats", "/webp")) {
            try (Stream<Path> listed =
                    Files.list(Path.of(FuzzTest.class.getResource(resources).toURI()))) {
                for (Path file : listed.sorted().toList()) {
                    byte[] bytes = Files.readAllBytes(file);
                    if (PictureFormat.of(bytes).isPresent()) {
                        files.add(bytes);
                    }
                }
            }
        }
        ByteArrayOutputStream bmp = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(60, 40, BufferedImage.TYPE_3BYTE_BGR), "BMP", bmp);
        files.add(bmp.toByteArray());
        return files;
    }

    /** One to four damages, mostly near the beginning, where sizes and tables are. */
    private static byte[] mutant(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int damages = 1 + random.nextInt(4); damages > 0; damages--) {
            int at = random.nextInt(random.nextBoolean() ? bytes.length : Math.min(bytes.length, 200));
            int length = Math.min(bytes.length - at, 1 + random.nextInt(64));
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> Arrays.fill(bytes, at, at + length, (byte) (random.nextBoolean() ? 0 : 0xff));
                case 3 -> System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
                case 4 -> {
                    byte[] number = ByteBuffer.allocate(Integer.BYTES)
                            .putInt(AWKWARD[random.nextInt(AWKWARD.length)])
                            .array();
                    System.arraycopy(number, 0, bytes, at, Math.min(number.length, bytes.length - at));
                }
                default ->
                    bytes = Arrays.copyOf(bytes, Math.max(16, bytes.length - random.nextInt(1 + bytes.length / 4)));
            }
        }
        return random.nextBoolean() ? withRightSums(bytes) : bytes;
    }

    /** A PNG whose checksums are wrong is looked at no further. */
    private static byte[] withRightSums(byte[] bytes) {
        ByteBuffer numbers = ByteBuffer.wrap(bytes);
        if (PictureFormat.of(bytes).equals(Optional.of(PictureFormat.PNG))) {
            int at = PNG_SIGNATURE;
            while (at >= 0 && at + 12 <= bytes.length) {
                long end = at + 8L + Integer.toUnsignedLong(numbers.getInt(at));
                if (end + 4 > bytes.length) {
                    break;
                }
                CRC32 sum = new CRC32();
                sum.update(bytes, at + 4, (int) end - at - 4);
                numbers.putInt((int) end, (int) sum.getValue());
                at = (int) end + 4;
            }
        }
        return bytes;
    }
}
