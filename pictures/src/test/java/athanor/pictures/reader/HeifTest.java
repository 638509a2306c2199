package athanor.pictures.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import athanor.pictures.PictureLimits;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import athanor.pictures.heif.HeifTool;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HEIC and AVIF, with the program of libheif where it is installed and without it. */
class HeifTest {

    private static final Optional<HeifTool> TOOL = HeifTool.ofThisMachine();
    private static final PictureReader WITH = new PictureReader(PictureLimits.standard(), 1, TOOL);
    private static final PictureReader WITHOUT =
            new PictureReader(PictureLimits.standard(), 1, HeifTool.of(List.of("no-such-program", "")));

    @AfterAll
    static void endTheDecoders() {
        WITH.close();
        WITHOUT.close();
    }

    private static byte[] file(String name) throws IOException {
        try (InputStream in = HeifTest.class.getResourceAsStream("/formats/" + name)) {
            return in.readAllBytes();
        }
    }

    private static void assumeThereIsATool() {
        assumeThat(TOOL)
                .as("neither heif-dec nor heif-convert is installed here (Debian: libheif-examples)")
                .isPresent();
    }

    private static BufferedImage pixels(String name, String format, int width, int height) throws IOException {
        Verdict verdict = WITH.read(file(name), Wanted.within(512, 512));
        assertThat(verdict).as("%s", verdict).isInstanceOf(Verdict.Accepted.class);
        Verdict.Accepted picture = (Verdict.Accepted) verdict;
        assertThat(picture.format()).hasToString(format);
        assertThat(picture.remarks()).isEmpty();
        assertThat(List.of(picture.width(), picture.height())).containsExactly(width, height);
        return picture.image().orElseThrow();
    }

    private static void assertColour(BufferedImage image, int x, int y, double... wanted) {
        for (int i = 0; i < 3; i++) {
            assertThat((double) (image.getRGB(x, y) >> 16 - 8 * i & 0xff))
                    .as("channel %d of %06x at %d, %d", i, image.getRGB(x, y) & 0xffffff, x, y)
                    .isCloseTo(wanted[i], within(1.0));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "display-p3.heic, HEIC, 201.5, 59.9, 39.2", // heif-enc writes 186 where 185 was
        "display-p3.avif, AVIF, 200, 60, 40",
        "named-p3.avif, AVIF, 200, 60, 40"
    })
    void coloursAreThoseOfTheScene(String name, String format, double red, double green, double blue)
            throws IOException {
        assumeThereIsATool();

        BufferedImage image = pixels(name, format, 60, 40);

        assertColour(image, 10, 10, red, green, blue);
        assertColour(image, 50, 30, 40, 80, 200);
    }

    @Test
    void whatItsContainerTurnedIsNotTurnedAgain() throws IOException {
        assumeThereIsATool();

        BufferedImage image = pixels("turned.avif", "AVIF", 40, 60);

        assertThat(image.getRGB(30, 10) >> 16 & 0xff).as("red at the right").isGreaterThan(150);
        assertThat(image.getRGB(10, 10) >> 16 & 0xff).isLessThan(100);
    }

    @Test
    void whatCannotBeShownOnAScreenIsRefused() throws IOException {
        assumeThereIsATool();

        assertThat(refusal(WITH, file("bright.avif")).reason())
                .isEqualTo(
                        "the AVIF picture is of high dynamic range, which is not read here; export it as JPEG or PNG");
    }

    @ParameterizedTest
    @ValueSource(strings = {"display-p3.heic", "display-p3.avif"})
    void withoutTheProgramASentenceSaysWhatToSend(String name) throws IOException {
        String format = name.substring(name.length() - 4).toUpperCase(java.util.Locale.ROOT);

        assertThat(refusal(WITHOUT, file(name)))
                .isEqualTo(new Verdict.Rejected(
                        Verdict.Refusal.UNSUPPORTED,
                        format
                                + " is not read here, because heif-convert (libheif) is not installed; export the picture"
                                + " as JPEG or PNG"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"display-p3.heic", "display-p3.avif"})
    void damageOfEveryKindIsAVerdict(String name) throws IOException {
        assumeThereIsATool();
        byte[] whole = file(name);
        for (int eighth = 0; eighth < 8; eighth++) {
            assertThat(WITH.read(Arrays.copyOf(whole, 40 + (whole.length - 41) * eighth / 8), Wanted.noPixels()))
                    .as("%d eighths of it", eighth)
                    .isInstanceOf(Verdict.Rejected.class);
        }
        Random random = new Random(20);
        for (int i = 0; i < 30; i++) {
            byte[] mutant = whole.clone();
            for (int changes = 1 + random.nextInt(8); changes > 0; changes--) {
                mutant[12 + random.nextInt(mutant.length - 12)] = (byte) random.nextInt();
            }
            assertThat(WITH.read(mutant, Wanted.within(512, 512))).isNotNull();
        }
        assertThat(WITH.read(whole, Wanted.noPixels())).as("after all that").isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void aSizeThatIsClaimedIsRefusedBeforeAnybodyDecodes() throws IOException {
        assumeThereIsATool();

        assertThat(refusal(WITH, claiming(60_000, 60_000)).refusal()).isEqualTo(Verdict.Refusal.SIZE);
        assertThat(refusal(WITH, claiming(-1, -1)).refusal()).isEqualTo(Verdict.Refusal.SIZE);
        assertThat(refusal(WITH, claiming(0, 0)).reason()).contains("does not say how large its picture is");
    }

    @Test
    void aSizeThatIsALieHarmsNothing() throws IOException {
        assumeThereIsATool();
        assertThat(WITH.read(claiming(6000, 4000), Wanted.within(512, 512))).isNotNull();
        assertThat(WITH.read(claiming(33, 33), Wanted.within(512, 512))).isNotNull();

        assertThat(pixels("display-p3.heic", "HEIC", 60, 40)).as("the next one").isNotNull();
    }

    /** The file with another size in every property {@code ispe}. */
    private static byte[] claiming(int width, int height) throws IOException {
        byte[] bytes = file("display-p3.heic");
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (int at = text.indexOf("ispe"); at >= 0; at = text.indexOf("ispe", at + 1)) {
            ByteBuffer.wrap(bytes).putInt(at + 8, width).putInt(at + 12, height);
        }
        return bytes;
    }

    private static Verdict.Rejected refusal(PictureReader reader, byte[] file) {
        return (Verdict.Rejected) reader.read(file, Wanted.noPixels());
    }
}
