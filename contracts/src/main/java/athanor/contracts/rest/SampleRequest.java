package athanor.contracts.rest;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
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
 * @param size absent: the size that the first LoRA was trained at most, else what suits the base
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
        @Nullable Size size) {

    /**
     * One of {@code runId} and {@code object} names the LoRA.
     *
     * @param runId run whose published LoRA it is
     * @param object the file in the store
     * @param strength absent: 1, as trained
     * @param step with {@code runId}: of the checkpoint after that many steps; absent: the LoRA that the run published
     */
    public record WishedLora(
            @Nullable String runId,
            @Nullable ObjectRef object,
            @Nullable Double strength,
            @Nullable Integer step) {}
}
