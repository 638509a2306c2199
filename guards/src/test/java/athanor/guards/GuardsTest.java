package athanor.guards;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.Size;
import athanor.contracts.picture.Framing;
import athanor.diffusion.lora.TrainingFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    void ofASmallSetAQuarterIsEnough() {
        Map<Framing, Integer> even = Map.of(Framing.HALF, 4, Framing.FULL, 4, Framing.CLOSE_UP, 4);

        assertThat(PromptGuard.check("sks woman, full body", even)).isEmpty();
        assertThat(PromptGuard.check("sks woman, wide shot", even))
                .singleElement()
                .asString()
                .contains("none of its 12");
        assertThat(Framing.neededOf(30)).isEqualTo(6);
        assertThat(Framing.neededOf(20)).isEqualTo(5);
    }

    @Test
    void aLoraThatSaysNothingIsNotJudged() {
        assertThat(Guards.check(
                        "full body",
                        new Size(4096, 4096),
                        List.of(LoraFacts.of(TrainingFacts.of(Map.of("format", "pt"))))))
                .isEmpty();
    }

    @Test
    void whatTheFileSaysIsKnownInTheWordsOfTheGuards() {
        LoraFacts facts = LoraFacts.of(TrainingFacts.of(Map.of(
                TrainingFacts.TRAINED_SIZES,
                "512x768, 448x832",
                TrainingFacts.FRAMINGS,
                "{\"half\":29,\"FULL\":1,\"BACK\":2}")));

        assertThat(facts.trainedSizes()).containsExactly(TALL, new Size(448, 832));
        assertThat(facts.framings()).isEqualTo(Map.of(Framing.HALF, 29, Framing.FULL, 1));
    }

    @Test
    void aPromptWithoutTheTriggerDoesNotCallTheSubject() {
        Optional<String> trigger = Optional.of("ohwx woman");

        assertThat(TriggerGuard.check("a (Woman:1.2) named ohwx_", trigger)).isEmpty();
        assertThat(TriggerGuard.check("a woman, ohwxx", trigger))
                .hasValueSatisfying(warning -> assertThat(warning)
                        .startsWith("the prompt does not have 'ohwx woman', which the LoRA was trained under"));
        assertThat(TriggerGuard.check("anything", Optional.empty())).isEmpty();
    }

    @Test
    void aStrengthThatNobodyMeasuresIsNamed() {
        assertThat(StrengthGuard.check(0.8)).isEmpty();
        assertThat(StrengthGuard.check(-1)).isEmpty();
        assertThat(StrengthGuard.check(2))
                .hasValueSatisfying(warning -> assertThat(warning).contains("beyond what proofs measure (0.4 to 1.4)"));
        assertThat(StrengthGuard.check(0.1))
                .hasValueSatisfying(warning -> assertThat(warning).contains("little of it will be seen"));
    }

    @Test
    void aUseIsCheckedAsFarAsItIsAskedAbout() {
        LoraFacts kohya = LoraFacts.of(TrainingFacts.of(Map.of(
                "ss_bucket_info", "{\"buckets\":{\"0\":{\"resolution\":[512,768],\"count\":8}}}",
                "ss_tag_frequency", "{\"10_ohwx woman\":{\"ohwx woman\":8}}")));

        assertThat(Guards.checkUse(kohya, "ohwx woman in a park", TALL, 1.0)).isEmpty();
        assertThat(Guards.checkUse(kohya, "a cat", new Size(1024, 1536), 3.0)).hasSize(3);
        assertThat(Guards.checkUse(kohya, null, null, null)).isEmpty();
    }
}
