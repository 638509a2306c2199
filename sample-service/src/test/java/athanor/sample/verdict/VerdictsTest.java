package athanor.sample.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VerdictsTest {

    private static final List<BufferedImage> GREEN = Collections.nCopies(2, filled(0, 200, 0));
    private static final List<BufferedImage> GREY = Collections.nCopies(2, filled(100, 100, 100));
    private static final List<BufferedImage> LIGHTER = Collections.nCopies(2, filled(110, 110, 110));
    private static final List<BufferedImage> NOISE = Collections.nCopies(2, noise());
    private static final List<BufferedImage> STRIPES = Collections.nCopies(2, stripes());

    @Test
    void goodIsSaidBeforeWhatWasMeasured() {
        List<String> verdicts = Verdicts.of(
                GREEN,
                List.of(
                        new PromptPictures("a sks woman", true, GREY, GREEN),
                        new PromptPictures("a woman", false, GREY, LIGHTER)));

        assertThat(verdicts)
                .containsExactly(
                        "Good sign: the trigger brings the subject's colours, 100 % (100-100 %) of the way to the"
                                + " instance pictures; only eyes can tell whether it is the subject.",
                        "Good sign: without the trigger \"a woman\" keeps its own colours (0 % (0-0 %) of the way).",
                        "Measured: \"a sks woman\" moved by 100.0 of 255 grey levels.",
                        "Measured: \"a woman\" moved by 10.0 of 255 grey levels.",
                        "Measured: the colours that set the instance pictures apart fill 100 % of them; \"a sks"
                                + " woman\" 0 % without the LoRA, 100 % with it; \"a woman\" 0 % without the LoRA, 0 %"
                                + " with it.");
    }

    /** A scenery that changes everywhere brings colours of the instance pictures too. */
    @Test
    void whatChangesWithAndWithoutTheTriggerIsNotPraised() {
        assertThat(Verdicts.of(
                        GREEN,
                        List.of(
                                new PromptPictures("a sks woman", true, GREY, GREEN),
                                new PromptPictures("a woman", false, GREY, GREEN))))
                .noneMatch(verdict -> verdict.startsWith("Good"))
                .first()
                .asString()
                .startsWith("Bad sign: in the subject's colours the trigger went 100 % (100-100 %) of the way")
                .contains("\"a woman\" without it 100 % (100-100 %): the LoRA changes all pictures alike");
    }

    @Test
    void aTriggerThatDoesNotBringTheSubjectsColoursIsNotThereYetAndItsClassIsNotPraised() {
        assertThat(Verdicts.of(
                        GREEN,
                        List.of(
                                new PromptPictures("a sks woman", true, GREY, LIGHTER),
                                new PromptPictures("a woman", false, GREY, GREY))))
                .noneMatch(verdict -> verdict.startsWith("Good"))
                .first()
                .asString()
                .startsWith("Not yet: the trigger went 0 % (0-0 %) of the way to the instance pictures");
    }

    /** One of two pictures has the colours: with two others it might be none or both. */
    @Test
    void whereFewOtherPicturesWouldTurnTheWordRoundItIsNotSaid() {
        List<BufferedImage> half = List.of(GREEN.get(0), GREY.get(0));

        assertThat(Verdicts.of(
                        GREEN,
                        List.of(
                                new PromptPictures("a sks woman", true, GREY, half),
                                new PromptPictures("a woman", false, GREY, half))))
                .anyMatch(verdict -> verdict.startsWith("Hard to tell: the trigger went 50 % (0-"))
                .anyMatch(verdict -> verdict.startsWith("Hard to tell: without the trigger \"a woman\" went 50 % (0-"))
                .noneMatch(verdict -> verdict.startsWith("Good") || verdict.startsWith("Bad"));
    }

    @Test
    void aLoraOfOneStepIsToldThatItDoesNothing() {
        assertThat(Verdicts.of(
                        GREEN,
                        List.of(
                                new PromptPictures("a sks woman", true, GREY, GREY),
                                new PromptPictures("a woman", false, GREY, GREY))))
                .noneMatch(verdict -> verdict.startsWith("Good"))
                .first()
                .asString()
                .startsWith("Bad: with the LoRA \"a sks woman\" looks as it does without; train longer");
    }

    /** Noise holds all colours, also those of the subject. */
    @Test
    void noiseIsNotPraisedForItsColours() {
        assertThat(Verdicts.of(GREEN, List.of(new PromptPictures("a sks woman", true, GREY, NOISE))))
                .noneMatch(verdict -> verdict.startsWith("Good"))
                .first()
                .asString()
                .startsWith("Bad: with the LoRA \"a sks woman\" is noise")
                .endsWith("take an earlier checkpoint, or train again with a lower learning rate.");
    }

    @Test
    void picturesThatCameApartIntoOneColourAreNotPraisedForIt() {
        assertThat(Verdicts.of(STRIPES, List.of(new PromptPictures("a sks woman", true, STRIPES, GREEN))))
                .noneMatch(verdict -> verdict.startsWith("Good"))
                .first()
                .asString()
                .startsWith("Bad: with the LoRA \"a sks woman\" is almost one colour");
    }

    @Test
    void colourlessInstancesTellNothing() {
        assertThat(Verdicts.of(GREY, List.of(new PromptPictures("a sks woman", true, GREY, LIGHTER))))
                .first()
                .asString()
                .startsWith("Not known: no colour sets the instance pictures apart");
    }

    @Test
    void withoutInstancesALoraWithoutEffectIsToldSo() {
        assertThat(Verdicts.of(List.of(), List.of(new PromptPictures("a sks woman", true, GREY, GREY))))
                .containsExactly(
                        "Bad: with the LoRA \"a sks woman\" looks as it does without; train longer, or with a higher"
                                + " learning rate.",
                        "Measured: \"a sks woman\" moved by 0.0 of 255 grey levels.");
    }

    @Test
    void nothingIsSaidAboutAClassThatWasNotRendered() {
        assertThat(Verdicts.of(GREEN, List.of(new PromptPictures("a sks woman", true, GREY, GREEN))))
                .hasSize(3);
    }

    @Test
    void onlyPairsCanBeCompared() {
        assertThatThrownBy(() -> PixelDistance.between(GREY, List.of()))
                .hasMessage("pictures are compared in pairs, got 2 before and 0 after");
    }

    private static BufferedImage noise() {
        Random random = new Random(7);
        BufferedImage image = filled(0, 0, 0);
        for (int i = 0; i < 64; i++) {
            image.setRGB(i % 8, i / 8, random.nextInt(0x1000000));
        }
        return image;
    }

    private static BufferedImage stripes() {
        BufferedImage image = filled(100, 100, 100);
        for (int i = 0; i < 64; i += 2) {
            image.setRGB(i % 8, i / 8, new Color(0, 200, 0).getRGB());
        }
        return image;
    }

    private static BufferedImage filled(int red, int green, int blue) {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < 64; i++) {
            image.setRGB(i % 8, i / 8, new Color(red, green, blue).getRGB());
        }
        return image;
    }
}
