package athanor.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignNotationTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a photo of a woman, 4:3",
                "a (red:1.3) [hat], \\(sic\\)",
                "(woman:1.) (man:.5) [[b]]",
                "\\[a|b\\]",
                "a woman BREAK a park",
                "Ann and BREAKFAST, brand, LAND",
                "e-mail, a--b, {instance}",
                ""
            })
    void whatIsReadHereIsLeftAloneWithoutAWord(String prompt) {
        ForeignNotation sorted = ForeignNotation.of(prompt);

        assertThat(sorted.prompt()).isEqualTo(prompt);
        assertThat(sorted.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "a woman<lora:me:0.8> smiling; a woman smiling; <lora:me:0.8>",
                "a <lyco:x:1:2> woman; a  woman; <lyco:x:1:2>",
                "a <hypernet:h:1>woman; a woman; <hypernet:h:1>",
                "a cat AND a dog; a cat AND a dog; AND",
                "a [red:blue:0.5] hat; a red hat; [red:blue:0.5]",
                "a [red:5] hat; a red hat; [red:5]",
                "a [red::12] hat; a red hat; [red::12]",
                "a [:blue:.5] hat; a blue hat; [:blue:.5]",
                "a [cow|horse] here; a cow here; [cow|horse]",
                "a [(red:1.3):blue:0.5] hat; a (red:1.3) hat; [(red:1.3):blue:0.5]",
                "a [[cow|dog]:horse:0.5] x; a cow x; [cow|dog]",
                "a {red|blue} hat; a red hat; {red|blue}",
                "a __colour__ hat; a __colour__ hat; __colour__",
                "a embedding:nice hat; a embedding:nice hat; embedding:nice",
                "a hat++ here; a hat++ here; t++",
                "a (hat:1,3) here; a (hat:1,3) here; (hat:1,3)",
                "a (hat:high); a (hat:high); (hat:high)"
            })
    void whatIsNotCarriedOutIsNamedAndNotReadAsWords(String prompt, String read, String named) {
        ForeignNotation sorted = ForeignNotation.of(prompt);

        assertThat(sorted.prompt()).isEqualTo(read);
        assertThat(sorted.warnings().get(0)).contains(named);
    }

    @Test
    void eachNotationOfAPromptIsNamedOnce() {
        assertThat(ForeignNotation.of("<lora:a:1> x BREAK y BREAK [[cow|dog]:horse:0.5]")
                        .warnings())
                .hasSize(3);
    }

    @Test
    void aLongPromptOfBracketsIsReadInTime() {
        assertThat(ForeignNotation.of("[a|".repeat(2000) + "b" + "]".repeat(2000))
                        .prompt())
                .isEqualTo("a");
        assertThat(ForeignNotation.of("[".repeat(100_000)).warnings()).isEmpty();
        assertThat(ForeignNotation.of("(a:".repeat(50_000)).warnings()).isEmpty();
    }
}
