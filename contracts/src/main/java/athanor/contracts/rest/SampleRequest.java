package athanor.contracts.rest;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.guard.GuardMode;
import athanor.contracts.recipe.SamplerName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /samples} asks for. Everything but base and prompt may be absent.
 *
 * @param baseModel name of the base model
 * @param loras applied together; absent for the base alone
 * @param seed of the first picture, the following ones count up; absent: 1000; -1 takes a random one, and the answer says which
 * @param count pictures; absent: 1
 * @param steps sampler steps; absent: what suits the base
 * @param guidance classifier-free guidance scale; absent: what suits the base
 * @param sampler by any name that people know it by; absent: what suits the base
 * @param size absent: the size that the first LoRA was trained at most, else what suits the base
 * @param guards what is done where the LoRAs are asked for what they were not shown; absent: what the service is set to
 * @param twoPasses draw at a size that the first LoRA was trained at, enlarge, and refine; absent: only where guards rewrite so
 * @param refine how much of the noise the second pass begins with, 0 to 1; absent: 0.35
 */
public record SampleRequest(
        @Nullable String baseModel,
        @Nullable List<WishedLora> loras,
        @Nullable String prompt,
        @Nullable String negativePrompt,
        @Nullable Long seed,
        @Nullable Integer count,
        @Nullable Integer steps,
        @Nullable Double guidance,
        @Nullable SamplerName sampler,
        @Nullable Size size,
        @Nullable GuardMode guards,
        @Nullable Boolean twoPasses,
        @Nullable Double refine) {

    /** One that leaves guards and passes to the service. */
    public SampleRequest(
            @Nullable String baseModel,
            @Nullable List<WishedLora> loras,
            @Nullable String prompt,
            @Nullable String negativePrompt,
            @Nullable Long seed,
            @Nullable Integer count,
            @Nullable Integer steps,
            @Nullable Double guidance,
            @Nullable SamplerName sampler,
            @Nullable Size size) {
        this(baseModel, loras, prompt, negativePrompt, seed, count, steps, guidance, sampler, size, null, null, null);
    }

    /**
     * One of {@code runId}, {@code object} and {@code name} names the LoRA.
     *
     * @param runId run whose published LoRA it is
     * @param object the file in the store
     * @param strength absent: 1, as trained
     * @param step with {@code runId}: of the checkpoint after that many steps; absent: the LoRA that the run published
     * @param name of a published LoRA or the id of its run, as in {@code <lora:name:0.8>}
     */
    public record WishedLora(
            @Nullable String runId,
            @Nullable ObjectRef object,
            @Nullable Double strength,
            @Nullable Integer step,
            @Nullable String name) {

        /** One of a run or of the store. */
        public WishedLora(
                @Nullable String runId, @Nullable ObjectRef object, @Nullable Double strength, @Nullable Integer step) {
            this(runId, object, strength, step, null);
        }
    }
}
