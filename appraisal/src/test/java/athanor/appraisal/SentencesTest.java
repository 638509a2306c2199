package athanor.appraisal;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.picture.Evidence;
import athanor.contracts.picture.FindingCode;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SentencesTest {

    private static final Evidence EVERYTHING = new Evidence(2.5, 1.5, "other.jpg", "keep.jpg");

    @ParameterizedTest
    @EnumSource(FindingCode.class)
    void everyCodeHasWordsInBothLanguages(FindingCode code) {
        String english = Sentences.in(Locale.ENGLISH).of(code, EVERYTHING);
        String chinese = Sentences.in(Locale.CHINESE).of(code, EVERYTHING);

        assertThat(english).isNotBlank().doesNotContain("{").matches("\\p{ASCII}+");
        assertThat(chinese).isNotBlank().doesNotContain("{").containsPattern("\\p{IsHan}");
    }

    @Test
    void theOtherPictureAndTheOneToKeepAreNamed() {
        assertThat(Sentences.in(Locale.ENGLISH).of(FindingCode.SAME_SHOT, Evidence.likeness("it's b.jpg", "c {0}.jpg")))
                .contains("'it's b.jpg'")
                .contains("'c {0}.jpg'");
    }

    @Test
    void numbersAreWrittenAsTheirUnitIsRead() {
        Sentences english = Sentences.in(Locale.ENGLISH);

        assertThat(english.of(FindingCode.OVEREXPOSED, Evidence.measured(0.61, 0.5)))
                .startsWith("61 % of it");
        assertThat(english.of(FindingCode.TOO_SMALL, Evidence.measured(480, 512)))
                .startsWith("its own pixels make a square of 480 x 480 and the base is trained at 512 x 512");
        assertThat(english.of(FindingCode.UPSCALED, Evidence.measured(2.04, 1.9)))
                .contains("about 2.0 times");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zh | 模糊",
                "zh-CN,zh;q=0.9,en;q=0.8 | 模糊",
                "zh_TW | blurred",
                "de-DE,zh;q=0.5 | 模糊",
                "de-DE | blurred",
                "en-GB,zh;q=0.1 | blurred",
                "*;q=nonsense | blurred"
            })
    void theLanguageIsTheOneThatIsAskedFor(String header, String word) {
        assertThat(Sentences.asked(header).of(FindingCode.BLURRED, EVERYTHING)).contains(word);
    }

    @Test
    void whoAsksForNoneGetsEnglishWhateverTheMachineSpeaks() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.CHINA);
            assertThat(Sentences.asked(null).of(FindingCode.BLURRED, EVERYTHING))
                    .contains("blurred");
        } finally {
            Locale.setDefault(before);
        }
    }
}
