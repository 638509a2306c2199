package athanor.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import athanor.diffusion.pipeline.WeightedPrompt.Piece;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightedPromptTest {

    @Test
    void aPromptWithoutBracketsIsOnePieceAsWritten() {
        assertThat(read("a photo of a woman, 4:3")).isEqualTo("a photo of a woman, 4:3 1.000");
        assertThat(WeightedPrompt.parse("a woman").isWeighted()).isFalse();
    }

    @Test
    void roundBracketsCountMoreAndSquareBracketsLess() {
        assertThat(read("a (red) hat")).isEqualTo("a  1.000|red 1.100| hat 1.000");
        assertThat(read("a [red] hat")).isEqualTo("a  1.000|red 0.909| hat 1.000");
    }

    @Test
    void aNumberBeforeTheClosingBracketIsTheWeight() {
        assertThat(read("(red:1.3) hat")).isEqualTo("red 1.300| hat 1.000");
        assertThat(read("(red hat: 0.5 )")).isEqualTo("red hat 0.500");
        assertThat(read("(red:.5)")).isEqualTo("red 0.500");
        assertThat(read("(red:1.)")).isEqualTo("red 1.000");
        assertThat(read("(red:2)")).isEqualTo("red 2.000");
        assertThat(read("(red:+1.5)")).isEqualTo("red 1.500");
        assertThat(read("(red:-1)")).isEqualTo("red -1.000");
    }

    @Test
    void nestedBracketsMultiply() {
        assertThat(read("((a))")).isEqualTo("a 1.210");
        assertThat(read("(a (b:2) [c])")).isEqualTo("a  1.100|b 2.200|  1.100|c 1.000");
    }

    @Test
    void escapedBracketsAreText() {
        assertThat(read("a \\(b\\) \\[c\\] \\\\")).isEqualTo("a (b) [c] \\ 1.000");
        assertThat(read("(a\\)b:2)")).isEqualTo("a)b 2.000");
    }

    @Test
    void whatWasNotClosedHoldsToTheEndAndWhatWasNotOpenedIsText() {
        assertThat(read("a (b c")).isEqualTo("a  1.000|b c 1.100");
        assertThat(read("a) b] c:2)")).isEqualTo("a) b] c:2) 1.000");
        assertThat(read("")).isEmpty();
    }

    @Test
    void aBracketWithoutANumberIsNoWeight() {
        assertThat(read("(red:blue)")).isEqualTo("red:blue 1.100");
        assertThat(read("(red:)")).isEqualTo("red: 1.100");
        assertThat(read("(red:1.2.3)")).isEqualTo("red:1.2.3 1.100");
    }

    @Test
    void theTextIsWhatIsReadWithoutWeights() {
        assertThat(WeightedPrompt.parse("a (red:1.3) [hat], \\(sic\\)").text()).isEqualTo("a red hat, (sic)");
        assertThat(WeightedPrompt.parse("(a:1.3)").pieces().get(0).weight()).isCloseTo(1.3, within(1e-12));
    }

    private static String read(String prompt) {
        return String.join(
                "|",
                WeightedPrompt.parse(prompt).pieces().stream()
                        .map(piece -> "%s %.3f".formatted(piece.text(), piece.weight()))
                        .toList());
    }

    @Test
    void aBreakBeginsAPartAlsoWithinABracket() {
        assertThat(WeightedPrompt.parse("a (red BREAK hat:1.2) BREAK  BREAK BREAKFAST")
                        .parts())
                .extracting(WeightedPrompt::pieces)
                .containsExactly(
                        List.of(new Piece("a ", 1), new Piece("red ", 1.2)),
                        List.of(new Piece(" hat", 1.2), new Piece(" ", 1)),
                        List.of(new Piece(" BREAKFAST", 1)));
        assertThat(WeightedPrompt.parse("").parts()).hasSize(1);
    }
}
