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
        Map<String, Integer> seen = seen(new CaptionDropout(0, 0.5));

        assertThat(seen)
                .containsOnlyKeys(
                        CAPTION,
                        "a photo of a sks woman , full body",
                        "a photo of a sks woman , in the park",
                        "a photo of a sks woman");
        assertThat(seen.values()).allSatisfy(count -> assertThat(count / 4000.0).isCloseTo(0.25, within(0.03)));
    }

    @Test
    void wholeCaptionsAreLeftOutBeforeTheirParts() {
        Map<String, Integer> seen = seen(new CaptionDropout(0.1, 1));

        assertThat(seen).containsOnlyKeys("", "a photo of a sks woman");
        assertThat(seen.get("") / 4000.0).isCloseTo(0.1, within(0.02));
    }

    @Test
    void withoutDropoutEveryCaptionStaysAndOneNumberIsDrawn() {
        Random random = new Random(3);
        Random beside = new Random(3);
        beside.nextDouble();

        assertThat(new CaptionDropout(0, 0).of(CAPTION, random)).isEqualTo(CAPTION);
        assertThat(random.nextLong()).isEqualTo(beside.nextLong());
    }

    @Test
    void theOutcomesAreToldBeforehandUnlessPartsAreLeftOut() {
        List<String> captions = List.of(CAPTION, "a photo of a woman", CAPTION);

        assertThat(new CaptionDropout(0, 0).outcomes(captions)).contains(Set.of(CAPTION, "a photo of a woman"));
        assertThat(new CaptionDropout(0.1, 0).outcomes(captions)).contains(Set.of(CAPTION, "a photo of a woman", ""));
        assertThat(new CaptionDropout(0, 0.5).outcomes(captions)).isEmpty();
        assertThat(new CaptionDropout(0, 0.5).outcomes(List.of("a photo of a woman")))
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
