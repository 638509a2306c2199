package athanor.sample.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictsTest {

    private static final List<BufferedImage> GREEN = List.of(filled(0, 200, 0));
    private static final List<BufferedImage> GREY = List.of(filled(100, 100, 100));
    private static final List<BufferedImage> LIGHTER = List.of(filled(110, 110, 110));

    @Test
    void saysHowFarEachPromptMovedAndWhatItsColoursDid() {
        List<String> verdicts = Verdicts.of(
                GREEN,
                List.of(
                        new PromptPictures("a sks woman", true, GREY, GREEN),
                        new PromptPictures("a woman", false, GREY, LIGHTER)));

        assertThat(verdicts)
                .containsExactly(
                        "\"a sks woman\": the LoRA moved the pictures by 100.0 of 255 grey levels; colours in common with"
                                + " the instance pictures: 0 % without it, 100 % with it.",
                        "\"a woman\": the LoRA moved the pictures by 10.0 of 255 grey levels; colours in common with the"
                                + " instance pictures: 0 % without it, 0 % with it.",
                        "The class moved 0.10 times as far as the subject.");
    }

    @Test
    void aClassThatMovesLikeTheSubjectIsPointedOut() {
        assertThat(Verdicts.of(
                        GREEN,
                        List.of(
                                new PromptPictures("a sks woman", true, GREY, GREEN),
                                new PromptPictures("a woman", false, GREY, GREEN))))
                .last()
                .asString()
                .contains("1.00 times")
                .contains("look whether \"a woman\" still shows the class");
    }

    @Test
    void aLoraWithoutEffectIsToldSo() {
        assertThat(Verdicts.of(
                        List.of(),
                        List.of(
                                new PromptPictures("a sks woman", true, GREY, GREY),
                                new PromptPictures("a woman", false, GREY, GREY))))
                .contains("\"a sks woman\": the LoRA changed nothing that can be seen (0.0 of 255 grey levels).")
                .last()
                .asString()
                .startsWith("The trigger has no visible effect");
    }

    @Test
    void nothingIsSaidAboutAClassThatWasNotRendered() {
        assertThat(Verdicts.of(GREEN, List.of(new PromptPictures("a sks woman", true, GREY, GREEN))))
                .hasSize(1);
    }

    @Test
    void onlyPairsCanBeCompared() {
        assertThatThrownBy(() -> PixelDistance.between(GREY, List.of()))
                .hasMessage("pictures are compared in pairs, got 1 before and 0 after");
    }

    private static BufferedImage filled(int red, int green, int blue) {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < 64; i++) {
            image.setRGB(i % 8, i / 8, new Color(red, green, blue).getRGB());
        }
        return image;
    }
}
