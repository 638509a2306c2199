package athanor.sample.request;

import athanor.contracts.recipe.SamplerName;
import athanor.guards.Guarded;
import athanor.guards.LoraFacts;
import java.util.List;
import java.util.Objects;

/**
 * A request that was read, bounded and guarded.
 *
 * @param base name of the base model
 * @param loras in the order of the guarded wish's
 * @param facts what the file of each says
 * @param guarded the wish as the guards let it be
 * @param seeds one a picture
 * @param refine of a second pass
 */
public record AskedPictures(
        String base,
        List<NamedLora> loras,
        List<LoraFacts> facts,
        Guarded guarded,
        List<Long> seeds,
        String negativePrompt,
        int steps,
        double guidance,
        SamplerName sampler,
        double refine) {

    public AskedPictures {
        loras = List.copyOf(loras);
        facts = List.copyOf(facts);
        seeds = List.copyOf(seeds);
    }

    /** How much a LoRA counts after the guards have spoken. */
    public double strength(int lora) {
        return Objects.requireNonNull(guarded.wish().loras().get(lora).strength());
    }
}
