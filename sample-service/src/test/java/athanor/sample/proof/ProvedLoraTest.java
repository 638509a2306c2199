package athanor.sample.proof;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.Size;
import athanor.contracts.guard.GuardAnswer;
import athanor.contracts.guard.GuardMode;
import athanor.contracts.guard.GuardRule;
import athanor.diffusion.lora.LoraFile;
import athanor.diffusion.lora.LoraLayer;
import athanor.diffusion.lora.TrainingFacts;
import athanor.diffusion.safetensors.Dtype;
import athanor.diffusion.safetensors.FloatTensor;
import athanor.guards.Guards;
import athanor.guards.LoraFacts;
import athanor.guards.Wish;
import athanor.proof.Findings;
import athanor.proof.Proof;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a proof writes into a LoRA is what the guards read of it. */
class ProvedLoraTest {

    private static final LoraLayer LAYER = new LoraLayer(
            "lora_unet_mid_block_attentions_0_proj_in",
            new FloatTensor(new long[] {1, 2}, new float[] {1, 0}),
            new FloatTensor(new long[] {2, 1}, new float[] {0, 1}),
            1);

    private static final byte[] TRAINED = LoraFile.of(List.of(LAYER), Map.of(TrainingFacts.TRAINED_SIZES, "64x96"))
            .toBytes(Dtype.F16);

    @Test
    void guardsAllowWhatTheProofSawItHoldAtAndNoMore() {
        Proof proof = ProofSheetTest.proof();

        LoraFacts facts = LoraFacts.of(ProvedLora.with(proof, TRAINED));

        assertThat(facts.measuredTimes()).contains(Findings.holdsTo(proof)).contains(1.5);
        assertThat(facts.strengths()).contains(new LoraFacts.StrengthRange(0.4, 1.4));
        assertThat(aboutSize(facts, new Size(96, 144))).isEmpty();
        assertThat(aboutSize(facts, new Size(128, 192)))
                .singleElement()
                .satisfies(answer -> assertThat(answer.evidence()).contains("measured to hold up to 1.50 times"));
    }

    @Test
    void withoutAProofTheGuardsGoByWhatIsCommonlySeen() {
        assertThat(aboutSize(LoraFacts.of(TRAINED), new Size(96, 144)))
                .singleElement()
                .satisfies(answer ->
                        assertThat(answer.evidence()).contains("1.5 times").doesNotContain("measured"));
    }

    private static List<GuardAnswer> aboutSize(LoraFacts facts, Size size) {
        Wish wish = new Wish(null, size, false, null, List.of(new Wish.Used(facts, null)));
        return Guards.check(GuardMode.WARN, wish).answers().stream()
                .filter(answer -> answer.rule() == GuardRule.SIZE)
                .toList();
    }
}
