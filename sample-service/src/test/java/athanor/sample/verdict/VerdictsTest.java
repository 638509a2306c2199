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
    void saysHowFarEachPromptMovedAndHowMuchOfItHasTheSubjectsColours() {
        List<String> verdicts = Verdicts.of(
                GREEN,
                List.of(
                        new PromptPictures("a sks woman", true, GREY, GREEN),
                        new PromptPictures("a woman", false, GREY, LIGHTER)));

        assertThat(verdicts)
                .containsExactly(
                        "\"a sks woman\": the LoRA moved the pictures by 100.0 of 255 grey levels.",
                        "\"a woman\": the LoRA moved the pictures by 10.0 of 255 grey levels.",
                        "Colours that set the instance pictures apart fill 100 % of them; \"a sks woman\" 0 % without the"
                                + " LoRA, 100 % with it; \"a woman\" 0 % without the LoRA, 0 % with it.",
                        "In these colours the trigger went 100 % of the way to the instance pictures.",
                        "Without the trigger \"a woman\" went 0 % of the way.");
    }

    @Test
    void aClassThatTakesTheSubjectsColoursIsPointedOut() {
        assertThat(Verdicts.of(
                        GREEN,
                        List.of(
                                new PromptPictures("a sks woman", true, GREY, GREEN),
                                new PromptPictures("a woman", false, GREY, GREEN))))
                .last()
                .asString()
                .contains("\"a woman\" went 100 % of the way")
                .contains("look whether it still shows the class");
    }

    @Test
    void aTriggerThatDoesNotBringTheSubjectsColoursIsPointedOut() {
        assertThat(Verdicts.of(GREEN, List.of(new PromptPictures("a sks woman", true, GREY, LIGHTER))))
                .last()
                .asString()
                .startsWith("In these colours the trigger went 0 % of the way to the instance pictures: look");
    }

    @Test
    void colourlessInstancesTellNothing() {
        assertThat(Verdicts.of(GREY, List.of(new PromptPictures("a sks woman", true, GREY, LIGHTER))))
                .last()
                .asString()
                .contains("colours tell nothing here");
    }

    @Test
    void aLoraWithoutEffectIsToldSo() {
        assertThat(Verdicts.of(List.of(), List.of(new PromptPictures("a sks woman", true, GREY, GREY))))
                .containsExactly(
                        "\"a sks woman\": the LoRA changed nothing that can be seen (0.0 of 255 grey levels).");
    }

    @Test
    void nothingIsSaidAboutAClassThatWasNotRendered() {
        assertThat(Verdicts.of(GREEN, List.of(new PromptPictures("a sks woman", true, GREY, GREEN))))
                .hasSize(3);
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
