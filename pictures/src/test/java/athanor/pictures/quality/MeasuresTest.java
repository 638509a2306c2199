package athanor.pictures.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import athanor.pictures.Measured;
import athanor.pictures.Pixels;
import athanor.pictures.Resize;
import athanor.pictures.quality.Weakness.Kind;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each measure on a picture of which its truth is known, because the test did the damage. */
class MeasuresTest {

    private static final BufferedImage SCENE = Scenes.scene(11, 1024, 768);

    @Test
    void aGoodSceneHasNoWeakness() {
        assertThat(Scenes.weaknesses(SCENE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"astronaut", "coffee"})
    void aGoodPhotographHasNoWeaknessAndItsBlurredCopyHas(String name) throws IOException {
        BufferedImage photograph = photograph(name);

        assertThat(Scenes.weaknesses(photograph)).isEmpty();
        assertThat(Scenes.weaknesses(Scenes.blurred(photograph, 2))).contains(Kind.BLURRED);
    }

    @ParameterizedTest
    @CsvSource({"1.5, 1.2", "2, 1.6", "3, 2.4", "4, 3.2"})
    void edgesAreAsWideAsTheyWereBlurred(double sigma, double least) {
        double blur = Scenes.measured(Scenes.blurred(SCENE, sigma)).edgeBlur().orElseThrow();

        // the sharpest fifth of the edges, so a little less than what was done to all
        assertThat(blur).isBetween(least * 0.85, sigma * 1.15);
    }

    @Test
    void aSharpSubjectSavesASoftBackground() {
        BufferedImage portrait = Scenes.blurred(SCENE, 5);
        Graphics2D canvas = portrait.createGraphics();
        canvas.drawImage(SCENE.getSubimage(384, 200, 256, 320), 384, 200, null);
        canvas.dispose();

        assertThat(Scenes.weaknesses(portrait)).doesNotContain(Kind.BLURRED, Kind.UPSCALED);
    }

    @Test
    void motionIsBlurInOneDirection() {
        assertThat(Scenes.measured(SCENE).motion().orElseThrow()).isLessThan(1.15);
        assertThat(Scenes.weaknesses(Scenes.moved(SCENE, 9))).contains(Kind.MOTION_BLURRED);
        assertThat(Scenes.weaknesses(Scenes.blurred(SCENE, 3))).doesNotContain(Kind.MOTION_BLURRED);
    }

    @ParameterizedTest
    @ValueSource(doubles = {5, 10, 20})
    void noiseIsMeasuredInLevels(double deviation) {
        BufferedImage noisy = Scenes.noisy(SCENE, deviation);

        // three channels of independent noise become luma of less: sqrt(0.299^2 + 0.587^2 + 0.114^2)
        assertThat(Scenes.measured(noisy).noise().orElseThrow()).isCloseTo(0.67 * deviation, within(0.15 * deviation));
    }

    @Test
    void noiseDoesNotPassForSharpness() {
        Measured noisy = Scenes.measured(Scenes.noisy(Scenes.blurred(SCENE, 3), 20));

        assertThat(noisy.sharpness()).isEmpty();
        assertThat(noisy.reblur()).isEmpty();
        assertThat(noisy.pixelBlur()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.9, 1, 1.2", "0.25, 1.3, 3", "0.1, 1.5, 5"})
    void theGridOfJpegGrowsAsItsQualityFalls(float quality, double least, double most) throws IOException {
        BufferedImage saved = Scenes.read(Scenes.jpeg(SCENE, quality));

        assertThat(Scenes.measured(saved).blockiness().orElseThrow()).isBetween(least, most);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "3, 5", "4, 4", "7, 1"})
    void theGridIsFoundWhereverThePictureWasCut(int left, int top) throws IOException {
        BufferedImage saved = Scenes.read(Scenes.jpeg(SCENE, 0.1f));
        double whole = Scenes.measured(saved).blockiness().orElseThrow();

        double cut = Scenes.measured(Scenes.cut(saved, left, top, 1000, 700))
                .blockiness()
                .orElseThrow();

        assertThat(cut).isCloseTo(whole, within(0.1));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "3, 3", "5, 2"})
    void aBadSaveLeavesItsTracesUnderABetterOne(int left, int top) throws IOException {
        BufferedImage photograph = photograph("astronaut");
        BufferedImage badly = Scenes.read(Scenes.jpeg(photograph, 0.25f));
        BufferedImage cut = Scenes.cut(badly, left, top, badly.getWidth() - left, badly.getHeight() - top);
        BufferedImage again = Scenes.read(Scenes.jpeg(cut, 0.92f));

        assertThat(Scenes.measured(again).savedQuality().orElseThrow()).isBetween(22.0, 29.0);
        assertThat(Scenes.weaknesses(again)).contains(Kind.OVERCOMPRESSED);
        assertThat(Scenes.measured(Scenes.read(Scenes.jpeg(photograph, 0.6f))).savedQuality())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2, 0.5", "3, 0.34", "4, 0.25"})
    void repeatedPixelsAreNoneOfTheirOwn(int factor, double scale) throws IOException {
        BufferedImage photograph = photograph("coffee");
        BufferedImage small =
                Resize.to(photograph, (int) (photograph.getWidth() * scale), (int) (photograph.getHeight() * scale));

        BufferedImage enlarged = enlarged(small, factor, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);

        assertThat(Scenes.measured(enlarged).enlargement()).hasValue(factor);
        assertThat(Scenes.weaknesses(Scenes.read(Scenes.jpeg(enlarged, 0.9f)))).contains(Kind.UPSCALED);
    }

    @Test
    void whitePaperAroundTheSubjectIsNoLightTooMuch() {
        BufferedImage product = new BufferedImage(1000, 900, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = product.createGraphics();
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, 1000, 900);
        canvas.drawImage(SCENE.getSubimage(100, 100, 400, 500), 300, 200, null);
        canvas.dispose();

        assertThat(Scenes.weaknesses(product)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2, 1.5, 2", "3, 2, 3", "4, 3, 4"})
    void anEnlargedPictureHasWhatItHadBefore(int factor, double least, double most) {
        BufferedImage small = Scenes.scene(12, 600, 450);

        for (Object kernel :
                List.of(RenderingHints.VALUE_INTERPOLATION_BILINEAR, RenderingHints.VALUE_INTERPOLATION_BICUBIC)) {
            Measured enlarged = Scenes.measured(enlarged(small, factor, kernel));

            assertThat(enlarged.enlargement().orElseThrow()).isBetween(least, most);
            assertThat(enlarged.effectiveWidth()).isEqualTo((int)
                    Math.round(600 * factor / enlarged.enlargement().getAsDouble()));
        }
        assertThat(Scenes.measured(small).enlargement()).hasValue(1);
    }

    /** Their spectrum alone says so of some: an edge is sharper than the fall of the others lets one believe. */
    @ParameterizedTest
    @CsvSource({"astronaut, 0", "coffee, 0", "coffee, 1"})
    void aPhotographEnlargedTwiceByACubicKernelIsToldByTheStepsBetweenItsPixels(String name, int cutOff)
            throws IOException {
        BufferedImage photograph = photograph(name);
        BufferedImage small = Scenes.half(photograph);
        BufferedImage enlarged = enlarged(small, 2, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        BufferedImage cut =
                Scenes.cut(enlarged, cutOff, cutOff, enlarged.getWidth() - cutOff, enlarged.getHeight() - cutOff);

        assertThat(Scenes.measured(Scenes.read(Scenes.jpeg(cut, 0.85f)))
                        .enlargement()
                        .orElseThrow())
                .isGreaterThanOrEqualTo(2);
        assertThat(Scenes.measured(photograph).enlargement()).hasValue(1);
        assertThat(Scenes.measured(small).enlargement()).hasValue(1);
    }

    private static BufferedImage enlarged(BufferedImage small, int factor, Object kernel) {
        BufferedImage large =
                new BufferedImage(small.getWidth() * factor, small.getHeight() * factor, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = large.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, kernel);
        canvas.drawImage(small, 0, 0, large.getWidth(), large.getHeight(), null);
        canvas.dispose();
        return large;
    }

    @Test
    void darknessIsALackOfBrightPixelsAndNotAPresenceOfDarkOnes() {
        assertThat(Scenes.weaknesses(Scenes.brightened(SCENE, 0.35))).containsExactly(Kind.DARK);
        // a night: four fifths black, but lit where something is
        BufferedImage night = Scenes.scene(13, 1024, 768);
        Graphics2D canvas = night.createGraphics();
        canvas.setColor(new Color(6, 6, 9));
        canvas.fillRect(0, 0, 1024, 600);
        canvas.dispose();
        assertThat(Scenes.weaknesses(night)).isEmpty();
    }

    @Test
    void whatIsWhiteOrGreyAlmostEverywhereIsSaid() {
        assertThat(Scenes.weaknesses(Scenes.brightened(SCENE, 4))).contains(Kind.OVEREXPOSED);
        BufferedImage fog = Scenes.brightened(SCENE, 0.12);
        Graphics2D canvas = fog.createGraphics();
        canvas.setColor(new Color(255, 255, 255, 128));
        canvas.fillRect(0, 0, 1024, 768);
        canvas.dispose();
        assertThat(Scenes.weaknesses(fog)).contains(Kind.FLAT);
    }

    @Test
    void whatATinyOrEmptyPictureCannotTellIsNotInvented() {
        Measured tiny = Scenes.measured(Scenes.scene(14, 30, 30));
        assertThat(tiny.enlargement()).isEmpty();
        assertThat(tiny.sharpness()).isEmpty();
        assertThat(tiny.blockiness()).isEmpty();
        assertThat(tiny.effectiveWidth()).isEqualTo(30);

        Measured empty = Scenes.measured(Pixels.opaque(new BufferedImage(500, 400, BufferedImage.TYPE_3BYTE_BGR)));
        assertThat(empty.edgeBlur()).isEmpty();
        assertThat(empty.noise()).isEmpty();
        assertThat(empty.enlargement()).isEmpty();
    }

    @Test
    void drawnPicturesOfTheExamplesHaveNoWeakness() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../tiny-base/examples"))) {
            List<Path> drawings =
                    files.filter(file -> file.toString().endsWith(".png")).toList();

            assertThat(drawings).hasSizeGreaterThan(40).allSatisfy(file -> {
                BufferedImage drawing = Pixels.opaque(ImageIO.read(file.toFile()));
                assertThat(Scenes.measured(drawing).drawn()).isTrue();
                assertThat(Weaknesses.of(Scenes.measured(drawing), 64)).isEmpty();
            });
        }
    }

    @Test
    void theSizeThatCountsIsTheEffectiveOne() {
        BufferedImage enlarged = enlarged(Scenes.scene(15, 500, 400), 3, RenderingHints.VALUE_INTERPOLATION_BICUBIC);

        assertThat(Weaknesses.of(Scenes.measured(enlarged), 1024))
                .anySatisfy(weakness -> {
                    assertThat(weakness.kind()).isEqualTo(Kind.TOO_SMALL);
                    assertThat(weakness.number()).isLessThan(1000);
                    assertThat(weakness.threshold()).isEqualTo(1024);
                    assertThat(weakness.severity()).isEqualTo(Weakness.Severity.WARNING);
                })
                .anySatisfy(weakness -> assertThat(weakness.kind()).isEqualTo(Kind.UPSCALED));
    }

    static BufferedImage photograph(String name) throws IOException {
        try (var file = MeasuresTest.class.getResourceAsStream("/photographs/" + name + ".jpg")) {
            return Pixels.opaque(ImageIO.read(file));
        }
    }
}
