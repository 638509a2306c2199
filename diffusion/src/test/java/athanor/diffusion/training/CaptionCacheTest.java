package athanor.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.runtime.ComputeOptions;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CaptionCacheTest {

    private static final int MANY = 300;

    /** Where parts of captions are left out at random there is no end of them. */
    @Test
    void onlyTheLastCaptionsAreKeptEncoded() {
        withEncoder((program, prompts) -> {
            float[] before = hidden(program, prompts, "caption 0");
            captions().forEach(caption -> hidden(program, prompts, caption));

            assertThat(prompts.known()).isLessThan(MANY);
            assertThat(hidden(program, prompts, "caption 0")).containsExactly(before);
        });
    }

    @Test
    void captionsThatAreAllKnownBeforehandStayWhenTheEncodersAreForgotten() {
        withEncoder((program, prompts) -> {
            prompts.encodeOnceForAll(captions());

            assertThat(prompts.known()).isEqualTo(MANY);
            assertThat(hidden(program, prompts, "caption 0")).isNotEmpty();
        });
    }

    private interface Trial {
        void with(LoraProgram program, PromptEncoder prompts);
    }

    private static void withEncoder(Trial trial) {
        LoraPlan lora = new LoraPlan(Targets.ATTENTION.predicate(false), 2, 1);
        TrainingPlan plan = new TrainingPlan(lora, false, LossKind.MEAN_SQUARED, false);
        try (BaseModel base = BaseModel.open(Path.of("src/test/resources/parity/sd1"));
                LoraProgram program = LoraProgram.load(base, plan, ComputeOptions.CPU)) {
            trial.with(program, new PromptEncoder(base, program));
        }
    }

    private static Set<String> captions() {
        Set<String> captions = new LinkedHashSet<>();
        IntStream.range(0, MANY).forEach(i -> captions.add("caption " + i));
        return captions;
    }

    private static float[] hidden(LoraProgram program, PromptEncoder prompts, String caption) {
        try (NDManager scope = program.newScope()) {
            return prompts.embeddings(scope, List.of(caption)).hidden().toFloatArray();
        }
    }
}
