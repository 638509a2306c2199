package athanor.guards;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.picture.Framing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramingWordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a photo of a sks woman, full body | FULL",
                "sks woman, (full_body:1.3), park | FULL",
                "Full-Body shot of a man | FULL",
                "1girl, [standing], smile | FULL",
                "cowboy shot, hat | COWBOY",
                "a sks woman from the waist up | HALF",
                "close-up of a sks woman | CLOSE_UP",
                "head out of frame, beach | HEADLESS",
                "一个女人，全身照 | FULL",
                "a very wide shot of a beach | WIDE",
                "<lora:sks:0.8> portrait | CLOSE_UP"
            })
    void findsTheFramingThatIsAskedFor(String prompt, Framing framing) {
        assertThat(FramingWords.askedFor(prompt)).containsOnlyKeys(framing);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a photo of a sks woman , half body , in the park | HALF",
                "upper body, she is standing in new shoes | HALF",
                "full-body shot of a man | FULL",
                "close-up, happy face | CLOSE_UP",
                "一个女人，半身 | HALF"
            })
    void aCaptionNamesTheFramingOfItsPicture(String caption, Framing framing) {
        assertThat(FramingWords.namedIn(caption)).containsExactly(framing);
    }

    @Test
    void aCaptionThatTellsWhatIsSeenNamesNoFraming() {
        assertThat(FramingWords.namedIn("a woman standing by the sea, bare feet, happy face, a portrait on the wall"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a photo of a sks woman in a park",
                "woman with full lips under a full moon",
                "from above, looking at viewer",
                "portrait orientation, legs crossed",
                "an outstanding surface",
                "in full color"
            })
    void wordsThatOnlySoundLikeAFramingAskForNone(String prompt) {
        assertThat(FramingWords.askedFor(prompt)).isEmpty();
    }

    @Test
    void severalFramingsAreAllFound() {
        assertThat(FramingWords.askedFor("full body, portrait"))
                .containsOnlyKeys(Framing.FULL, Framing.CLOSE_UP)
                .containsEntry(Framing.FULL, "full body");
    }
}
