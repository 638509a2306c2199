package athanor.sample.guard;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.Size;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuardsTest {

    private static final Size TALL = new Size(512, 768);

    @Test
    void aTrainedSizeNeedsNoWords() {
        assertThat(SizeGuard.check(TALL, List.of(TALL, new Size(768, 512)))).isEmpty();
        assertThat(SizeGuard.check(new Size(512, 704), List.of(TALL))).isEmpty();
    }

    @Test
    void largerThanTrainedDoublesFigures() {
        assertThat(SizeGuard.check(new Size(768, 1152), List.of(TALL)))
                .hasValue(
                        "768x1152 is 1.5 times the edge of 512x768, the nearest size it was trained at: figures may"
                                + " double and the composition may break; render at 512x768 and enlarge the picture afterwards");
    }

    @Test
    void smallerThanTrainedLosesDetail() {
        assertThat(SizeGuard.check(new Size(256, 384), List.of(TALL)))
                .hasValueSatisfying(warning -> assertThat(warning).contains("0.5 times the edge of 512x768"));
    }

    @Test
    void anotherShapeIsNamed() {
        assertThat(SizeGuard.check(new Size(768, 512), List.of(TALL)))
                .hasValueSatisfying(warning -> assertThat(warning).contains("another shape"));
    }

    @Test
    void aFramingThatWasHardlyShownIsNamed() {
        Map<Framing, Integer> halfBodies = Map.of(Framing.HALF, 29, Framing.FULL, 1);

        assertThat(PromptGuard.check("sks woman, full body", halfBodies))
                .containsExactly(
                        "the prompt asks for full body ('full body'), but only 1 of its 30 pictures showed that:"
                                + " expect a broken figure; it knows half body");
        assertThat(PromptGuard.check("sks woman, upper body", halfBodies)).isEmpty();
        assertThat(PromptGuard.check("sks woman", halfBodies)).isEmpty();
    }

    @Test
    void aLoraThatSaysNothingIsNotJudged() {
        assertThat(Guards.check("full body", new Size(4096, 4096), List.of(LoraFacts.of(Map.of("format", "pt")))))
                .isEmpty();
    }

    @Test
    void readsOurOwnMetadata() {
        LoraFacts facts = LoraFacts.of(
                Map.of(LoraFacts.TRAINED_SIZES, "512x768, 448x832", LoraFacts.FRAMINGS, "{\"half\":29,\"FULL\":1}"));

        assertThat(facts.trainedSizes()).containsExactly(TALL, new Size(448, 832));
        assertThat(facts.framings()).containsEntry(Framing.HALF, 29).containsEntry(Framing.FULL, 1);
    }

    @Test
    void readsKohyasMetadata() {
        LoraFacts buckets = LoraFacts.of(Map.of(
                "ss_bucket_info",
                "{\"buckets\": {\"0\": {\"resolution\": [512, 768], \"count\": 8}, \"1\": {\"resolution\": [768, 512],"
                        + " \"count\": 2}}, \"mean_img_ar_error\": 0.01}",
                "ss_resolution",
                "(640, 640)"));
        LoraFacts resolution = LoraFacts.of(Map.of("ss_bucket_info", "None", "ss_resolution", "(640, 640)"));

        assertThat(buckets.trainedSizes()).containsExactly(TALL, new Size(768, 512));
        assertThat(resolution.trainedSizes()).containsExactly(new Size(640, 640));
    }

    @Test
    void damagedMetadataCountsAsNotSaid() {
        LoraFacts facts = LoraFacts.of(Map.of(LoraFacts.TRAINED_SIZES, "wide x tall", LoraFacts.FRAMINGS, "{half"));

        assertThat(facts).isEqualTo(new LoraFacts(List.of(), Map.of()));
    }
}
