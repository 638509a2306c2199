package athanor.preprocess.plan;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.rest.TriggerView.Verdict;
import athanor.diffusion.tokenizer.ClipTokenizer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With CLIP's own vocabulary. */
class TriggerScoreTest {

    private static final ClipTokenizer CLIP = ClipTokenizer.builtIn(ClipTokenizer.END, 77);

    @AfterAll
    static void close() {
        CLIP.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "sks | 1 | GOOD | 'sks' is one token that the base model has hardly met",
                "ohwx | 1 | GOOD | 'ohwx' is one token that the base model has hardly met",
                "zqvx | 3 | GOOD | 'zqvx' is no word of the base model: it reads it as 3 pieces",
                "Anna | 1 | BAD | the trigger 'Anna' is an ordinary word",
                "woman | 1 | BAD | the trigger 'woman' is an ordinary word",
                "ohwx woman | 2 | FAIR | the trigger 'ohwx woman' holds the ordinary word 'woman'",
                "zendaya | 1 | FAIR | the trigger 'zendaya' is a word that the base model knows (number ",
                "xkqzjvwpqhf | 8 | FAIR | the trigger 'xkqzjvwpqhf' is read as 8 pieces"
            })
    void aWordIsScoredByTheVocabulary(String word, int tokens, Verdict verdict, String reason) {
        TriggerScore score = TriggerScore.of(word, "woman", CLIP.tokens(word), CLIP.knownIds());

        assertThat(score.reason()).startsWith(reason);
        assertThat(score.verdict()).isEqualTo(verdict);
        assertThat(score.tokens()).isEqualTo(tokens);
        assertThat(score.warning().isPresent()).isEqualTo(verdict != Verdict.GOOD);
    }

    @Test
    void whatIsProposedIsGood() {
        List<String> proposed = RareTokens.propose(CLIP::tokens, CLIP.knownIds(), 8, 7);

        assertThat(proposed)
                .hasSize(8)
                .doesNotHaveDuplicates()
                .allSatisfy(word -> assertThat(TriggerScore.of(word, "woman", CLIP.tokens(word), CLIP.knownIds())
                                .verdict())
                        .isEqualTo(Verdict.GOOD));
        assertThat(RareTokens.propose(CLIP::tokens, CLIP.knownIds(), 8, 7)).isEqualTo(proposed);
        assertThat(RareTokens.propose(CLIP::tokens, CLIP.knownIds(), 8, 8)).isNotEqualTo(proposed);
    }
}
