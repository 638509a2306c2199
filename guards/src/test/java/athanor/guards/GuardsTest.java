package athanor.guards;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.Size;
import athanor.contracts.guard.GuardAnswer;
import athanor.contracts.guard.GuardAnswer.Outcome;
import athanor.contracts.guard.GuardMode;
import athanor.contracts.guard.GuardRule;
import athanor.contracts.picture.Framing;
import athanor.diffusion.lora.TrainingFacts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GuardsTest {

    private static final Size TALL = new Size(512, 768);

    /** 29 half bodies and one whole one at 512x768. */
    private static final LoraFacts HALF_BODIES = facts(Map.of(
            "athanor.trained_sizes", "512x768",
            "athanor.framings", "{\"HALF\":29,\"FULL\":1}",
            "modelspec.trigger_phrase", "sks woman",
            "modelspec.architecture", "stable-diffusion-v1/lora"));

    private static LoraFacts facts(Map<String, String> metadata) {
        return LoraFacts.of(TrainingFacts.of(metadata));
    }

    private static Wish wish(String prompt, Size size, double strength) {
        return new Wish(prompt, size, false, BaseKind.SD1, List.of(new Wish.Used(HALF_BODIES, strength)));
    }

    private static List<String> sentences(Wish wish) {
        return Guards.check(GuardMode.WARN, wish).sentences();
    }

    @Test
    void whatWasTrainedNeedsNoWords() {
        assertThat(sentences(wish("sks woman, upper body", TALL, 1))).isEmpty();
        assertThat(sentences(wish("sks woman", new Size(512, 704), 0.8))).isEmpty();
    }

    @Test
    void largerThanTrainedDoublesFiguresAndCanBeDrawnInTwoPasses() {
        Wish large = wish("sks woman", new Size(768, 1152), 1);

        assertThat(Guards.check(GuardMode.WARN, large).answers())
                .containsExactly(new GuardAnswer(
                        GuardRule.SIZE,
                        "size 768x1152",
                        "512x768",
                        "it is 1.5 times the edge of 512x768, the nearest size it was trained at; rendered so, figures"
                                + " may double and the composition may break",
                        "two passes: rendered at 512x768, enlarged and refined",
                        Outcome.WARNED));
        assertThat(Guards.check(GuardMode.REWRITE, large).wish().twoPasses()).isTrue();
        assertThat(sentences(new Wish("sks woman", new Size(768, 1152), true, null, large.loras())))
                .isEmpty();
        assertThat(TwoPasses.first(new Size(1024, 1024), List.of(TALL)))
                .as("the wanted shape on the trained area")
                .isEqualTo(new Size(624, 624));
    }

    @Test
    void aMeasuredEnvelopeTakesThePlaceOfTheRule() {
        Wish wish = new Wish(
                null,
                new Size(768, 1152),
                false,
                null,
                List.of(new Wish.Used(
                        facts(Map.of("athanor.trained_sizes", "512x768", "athanor.envelope", "{\"holdsTo\": 1.5}")),
                        null)));

        assertThat(sentences(wish)).isEmpty();
    }

    @Test
    void smallerThanTrainedLosesDetailAndAnotherShapeIsNamed() {
        assertThat(sentences(wish("sks woman", new Size(256, 384), 1)))
                .singleElement()
                .asString()
                .contains("0.5 times the edge of 512x768");
        assertThat(sentences(wish("sks woman", new Size(768, 512), 1)))
                .singleElement()
                .asString()
                .contains("another shape");
    }

    @Test
    void aFramingThatWasHardlyShownIsNamed() {
        assertThat(sentences(wish("sks woman, full body", TALL, 1)))
                .containsExactly(
                        "the prompt asks for full body ('full body'): only 1 of its 30 pictures showed that, so a"
                                + " broken figure is to be expected; 'upper body' in the place of 'full body'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sks woman, full body, park | sks woman, upper body, park",
                "sks woman, (full_body:1.3), park | sks woman, (upper body:1.3), park",
                "Full-Body, head to toe, sks woman | upper body, sks woman",
                "upper body, sks woman, (full body:1.2) | upper body, sks woman",
                "(full) body of sks woman | (upper body) of sks woman",
                "sks woman，全身照 | sks woman，upper body",
                "<lora:full body:1> sks woman, full body | <lora:full body:1> sks woman, upper body"
            })
    void aRewrittenPromptAsksForWhatWasShown(String typed, String rewritten) {
        Guarded guarded = Guards.check(GuardMode.REWRITE, wish(typed, TALL, 1));

        assertThat(guarded.wish().prompt()).isEqualTo(rewritten);
        assertThat(guarded.answers()).extracting(GuardAnswer::outcome).containsOnly(Outcome.REWRITTEN);
    }

    @Test
    void whereThePromptSaysNothingTheRewrittenOneSaysWhatWasShownMost() {
        assertThat(Guards.check(GuardMode.REWRITE, wish("sks woman in a park", TALL, 1))
                        .wish()
                        .prompt())
                .isEqualTo("sks woman in a park, upper body");
        assertThat(sentences(wish("sks woman in a park", TALL, 1))).isEmpty();
        assertThat(sentences(wish("sks woman in a park", new Size(448, 896), 1)))
                .anyMatch(sentence ->
                        sentence.startsWith("a picture of 448x896 is so tall that it asks for a full body"));
    }

    @Test
    void aWordThatMayBeMeantOtherwiseOnlyWarns() {
        Wish standing = wish("sks woman standing in a park", TALL, 1);

        assertThat(Guards.check(GuardMode.BLOCK, standing).isRefused()).isFalse();
        assertThat(Guards.check(GuardMode.REWRITE, standing).wish().prompt()).isEqualTo(standing.prompt());
        assertThat(sentences(standing)).singleElement().asString().contains("('standing')");
    }

    @Test
    void aPromptWithoutTheTriggerDoesNotCallTheSubject() {
        assertThat(sentences(wish("a (Woman:1.2) named sks_", TALL, 1))).isEmpty();
        assertThat(sentences(wish("a woman, skss", TALL, 1)))
                .containsExactly(
                        "a prompt without 'sks': the LoRA was trained under 'sks woman', so little of what it has"
                                + " learnt will be seen; 'sks woman' in the prompt");
        assertThat(Guards.check(GuardMode.REWRITE, wish("a (woman:1.2), half body", TALL, 1))
                        .wish()
                        .prompt())
                .isEqualTo("a (sks woman:1.2), half body");
        assertThat(Guards.check(GuardMode.REWRITE, wish("a cat, half body", TALL, 1))
                        .wish()
                        .prompt())
                .isEqualTo("sks woman, a cat, half body");
    }

    @Test
    void aStrengthThatNobodyMeasuresIsNamed() {
        assertThat(sentences(wish("sks woman", TALL, -1))).isEmpty();
        assertThat(sentences(wish("sks woman", TALL, 2)))
                .singleElement()
                .asString()
                .contains("beyond what proofs measure at (0.4 to 1.4)");
        assertThat(sentences(wish("sks woman", TALL, 0.1)))
                .singleElement()
                .asString()
                .contains("little of it will be seen");
        LoraFacts measured = facts(Map.of("athanor.proof", "{\"strengths\": [0.6, 1.0]}"));
        Wish beyond = new Wish(null, null, false, null, List.of(new Wish.Used(measured, 1.2)));
        assertThat(sentences(beyond)).singleElement().asString().contains("this LoRA was measured at (0.6 to 1.0)");
        assertThat(Guards.check(GuardMode.REWRITE, beyond).wish().loras().get(0).strength())
                .isEqualTo(1.0);
    }

    @ParameterizedTest
    @EnumSource(GuardMode.class)
    void aLoraOfAnotherFamilyIsRefusedInEveryMode(GuardMode mode) {
        LoraFacts xl = facts(Map.of("ss_base_model_version", "sdxl_base_v1-0"));

        Guarded guarded =
                Guards.check(mode, new Wish("a cat", TALL, false, BaseKind.SD1, List.of(new Wish.Used(xl, 1.0))));

        assertThat(guarded.isRefused()).isTrue();
        assertThat(guarded.sentences()).singleElement().asString().contains("trained on Stable Diffusion XL");
    }

    @Test
    void blockRefusesWhatWasNotShownAndOffSaysNothing() {
        Wish all = wish("a cat, full body", new Size(1024, 1536), 3);

        Guarded blocked = Guards.check(GuardMode.BLOCK, all);
        assertThat(blocked.isRefused()).isTrue();
        assertThat(blocked.answers())
                .extracting(GuardAnswer::rule)
                .containsExactly(GuardRule.SIZE, GuardRule.FRAMING, GuardRule.TRIGGER, GuardRule.STRENGTH);
        assertThat(Guards.check(GuardMode.OFF, all).answers()).isEmpty();
        assertThat(Guards.check(GuardMode.WARN, all).isRefused()).isFalse();
        assertThat(Guards.check(GuardMode.WARN, all).wish()).isEqualTo(all);
    }

    @Test
    void ofASmallSetAQuarterIsEnough() {
        LoraFacts even = facts(Map.of("athanor.framings", "{\"HALF\":4,\"FULL\":4,\"CLOSE_UP\":4}"));

        assertThat(sentences(new Wish("full body", null, false, null, List.of(new Wish.Used(even, null)))))
                .isEmpty();
        assertThat(sentences(new Wish("wide shot", null, false, null, List.of(new Wish.Used(even, null)))))
                .singleElement()
                .asString()
                .contains("none of its 12");
        assertThat(Framing.neededOf(30)).isEqualTo(6);
        assertThat(Framing.neededOf(20)).isEqualTo(5);
    }

    @Test
    void aLoraThatSaysNothingIsNotJudged() {
        LoraFacts silent = facts(Map.of("format", "pt"));

        for (GuardMode mode : GuardMode.values()) {
            assertThat(Guards.check(
                                    mode,
                                    new Wish(
                                            "full body",
                                            new Size(4096, 4096),
                                            false,
                                            BaseKind.SD1,
                                            List.of(new Wish.Used(silent, 1.0))))
                            .answers())
                    .isEmpty();
        }
    }

    @Test
    void whatTheFileSaysIsKnownInTheWordsOfTheGuards() {
        LoraFacts ours = facts(Map.of(
                TrainingFacts.TRAINED_SIZES,
                "512x768, 448x832",
                TrainingFacts.FRAMINGS,
                "{\"half\":29,\"FULL\":1,\"BACK\":2}"));
        LoraFacts kohya = facts(Map.of(
                "ss_bucket_info", "{\"buckets\":{\"0\":{\"resolution\":[512,768],\"count\":8}}}",
                "ss_tag_frequency", "{\"10_ohwx woman\":{\"ohwx woman\":8}}"));

        assertThat(ours.trainedSizes()).containsExactly(TALL, new Size(448, 832));
        assertThat(ours.framings()).isEqualTo(Map.of(Framing.HALF, 29, Framing.FULL, 1));
        assertThat(sentences(new Wish("a cat", new Size(1024, 1536), false, null, List.of(new Wish.Used(kohya, 3.0)))))
                .hasSize(3);
    }

    @Test
    void severalLorasAreEachAsked() {
        LoraFacts other = facts(Map.of("modelspec.trigger_phrase", "in oil"));

        assertThat(sentences(new Wish(
                        "full body",
                        null,
                        false,
                        null,
                        List.of(new Wish.Used(HALF_BODIES, 1.0), new Wish.Used(other, 1.0)))))
                .hasSize(3);
    }
}
