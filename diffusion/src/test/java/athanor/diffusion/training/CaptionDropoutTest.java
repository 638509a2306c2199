package athanor.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CaptionDropoutTest {

    private static final String CAPTION = "a photo of a sks woman , full body , in the park";

    @Test
    void partsAreLeftOutEachByItselfAndTheFirstStays() {
        Map<String, Integer> seen = seen(new CaptionDropout(0, 0.5, List.of()));

        assertThat(seen)
                .containsOnlyKeys(
                        CAPTION,
                        "a photo of a sks woman , full body",
                        "a photo of a sks woman , in the park",
                        "a photo of a sks woman");
        assertThat(seen.values()).allSatisfy(count -> assertThat(count / 4000.0).isCloseTo(0.25, within(0.03)));
    }

    @Test
    void theTriggerStaysWhereverItStands() {
        CaptionDropout all = new CaptionDropout(0, 1, List.of("sks", " ", "red Hat"));

        assertThat(all.of("a photo, full body, a SKS woman, in the park", new Random(1)))
                .isEqualTo("a photo, a SKS woman");
        assertThat(all.of("a photo,sks,a red hat,snow", new Random(1))).isEqualTo("a photo,sks,a red hat");
        assertThat(new CaptionDropout(0, 1, List.of("小明")).of("公园,照片,小明在海边", new Random(1)))
                .isEqualTo("公园,小明在海边");
    }

    /** So that a caption whose trigger stands in front is drawn as it was before words were kept. */
    @Test
    void aKeptPartTakesItsNumberToo() {
        CaptionDropout plain = new CaptionDropout(0, 0.5, List.of());
        CaptionDropout keeping = new CaptionDropout(0, 0.5, List.of("b"));
        for (int seed = 0; seed < 50; seed++) {
            assertThat(keeping.of("a,b,c", new Random(seed)).endsWith(",c"))
                    .isEqualTo(plain.of("a,b,c", new Random(seed)).endsWith(",c"));
        }
    }

    @Test
    void wholeCaptionsAreLeftOutBeforeTheirParts() {
        Map<String, Integer> seen = seen(new CaptionDropout(0.1, 1, List.of()));

        assertThat(seen).containsOnlyKeys("", "a photo of a sks woman");
        assertThat(seen.get("") / 4000.0).isCloseTo(0.1, within(0.02));
    }

    @Test
    void withoutDropoutEveryCaptionStaysAndOneNumberIsDrawn() {
        Random random = new Random(3);
        Random beside = new Random(3);
        beside.nextDouble();

        assertThat(new CaptionDropout(0, 0, List.of()).of(CAPTION, random)).isEqualTo(CAPTION);
        assertThat(random.nextLong()).isEqualTo(beside.nextLong());
    }

    @Test
    void theOutcomesAreToldBeforehandUnlessPartsAreLeftOut() {
        List<String> captions = List.of(CAPTION, "a photo of a woman", CAPTION);

        assertThat(new CaptionDropout(0, 0, List.of()).outcomes(captions))
                .contains(Set.of(CAPTION, "a photo of a woman"));
        assertThat(new CaptionDropout(0.1, 0, List.of()).outcomes(captions))
                .contains(Set.of(CAPTION, "a photo of a woman", ""));
        assertThat(new CaptionDropout(0, 0.5, List.of()).outcomes(captions)).isEmpty();
        assertThat(new CaptionDropout(0, 0.5, List.of()).outcomes(List.of("a photo of a woman")))
                .contains(Set.of("a photo of a woman"));
    }

    private static Map<String, Integer> seen(CaptionDropout dropout) {
        Random random = new Random(7);
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < 4000; i++) {
            seen.merge(dropout.of(CAPTION, random), 1, Integer::sum);
        }
        return seen;
    }
}
