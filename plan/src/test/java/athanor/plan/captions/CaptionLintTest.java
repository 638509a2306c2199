package athanor.plan.captions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptionLintTest {

    private static final List<String> GOOD = List.of(
            "a photo of a ohwx woman, half body, in a park",
            "a photo of a ohwx woman, full body, red coat, on a street",
            "portrait of ohwx woman by a window, soft light",
            "ohwx woman with a hat, close-up",
            "ohwx woman sitting on a bench");

    @Test
    void goodCaptionsNeedNoWord() {
        assertThat(CaptionLint.warnings(GOOD, "ohwx")).isEmpty();
        assertThat(CaptionLint.warnings(GOOD, null)).isEmpty();
    }

    @Test
    void picturesWithoutCaptionsAreNoCaptions() {
        assertThat(CaptionLint.warnings(Arrays.asList(null, " ", ""), "ohwx")).isEmpty();
    }

    @Test
    void fourOfFiveShouldHoldTheTrigger() {
        List<String> three = List.of(GOOD.get(0), GOOD.get(1), GOOD.get(2), "a woman in a park", "a woman at home");
        List<String> four = List.of(GOOD.get(0), GOOD.get(1), GOOD.get(2), GOOD.get(3), "a woman at home");

        assertThat(CaptionLint.warnings(three, "ohwx"))
                .containsExactly(
                        "'ohwx' is in 3 of 5 captions and is put into the others: check that these captions are about"
                                + " the subject, and write it where it belongs");
        assertThat(CaptionLint.warnings(four, "ohwx")).containsExactly("'ohwx' is put into 1 caption without it");
        assertThat(CaptionLint.warnings(List.of("a woman at home"), "man")).hasSize(1);
    }

    @Test
    void captionsThatAllSayTheSameTeachThePictures() {
        List<String> same = Collections.nCopies(6, "a photo of a ohwx woman");

        assertThat(CaptionLint.warnings(same, "ohwx"))
                .singleElement()
                .asString()
                .startsWith("all of the 6 captions say the same: ");
        assertThat(CaptionLint.warnings(same.subList(0, 2), "ohwx")).isEmpty();
    }

    @Test
    void whatShallBeLearntIsNotToBeNamed() {
        List<String> naming = List.of(
                "ohwx woman with long red hair in a park",
                "ohwx woman, freckles, on a street",
                "ohwx woman with Blue Eyes",
                "ohwx woman at home",
                "ohwx woman, red coat");

        assertThat(CaptionLint.warnings(naming, "ohwx"))
                .containsExactly(
                        "3 of 5 captions name what shall be learnt ('long red hair', 'freckles', 'blue eyes'): it is then"
                                + " learnt for these words, and less of it for the trigger; leave out what is the same in every picture");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ohwx woman in a red coat",
                "with closed eyes",
                "the white house",
                "a long road",
                "hair salon",
                "a scarf"
            })
    void whatChangesFromPictureToPictureIsNotTheSubject(String caption) {
        assertThat(CaptionLint.warnings(List.of(caption), null)).isEmpty();
    }

    @Test
    void whatHasMoreWordsThanAreReadIsCertainlyTooLong() {
        Map<String, String> captions = Map.of("long.jpg", "in a park, ".repeat(20), "short.jpg", "in a park");

        assertThat(CaptionLint.certainlyTooLong(captions))
                .containsExactly(
                        "long.jpg: the caption has at least 80 tokens and text encoders read 75: what stands behind is not"
                                + " read");
    }
}
