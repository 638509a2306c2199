package athanor.diffusion.training;

import athanor.diffusion.program.EmittedProgram;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.program.Recomputation;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.runtime.DenoiserProgram;
import org.jspecify.annotations.Nullable;

/**
 * The networks of a {@link LoraProgram}: adapted, and plain where the base answers for itself.
 *
 * @param unetElements how many elements of the flat vector belong to the UNet; they come first
 * @param unetWeights how many weights belong to the UNet; they come first
 */
record LoraNetworks(Differentiation differentiation, int unetElements, int unetWeights) {

    static LoraNetworks emit(
            EmittedProgram program, DenoiserProgram denoiser, TrainingPlan plan, ComputeOptions options) {
        LoraPlan lora = plan.lora();
        @Nullable Recomputation unet = null;
        if (options.recompute()) {
            unet = denoiser.unetInPieces(program, "unet", lora, plan.trainTextEncoders());
            program.add(unet);
        } else {
            program.add(denoiser.unet(program, "unet", lora));
        }
        int unetElements = program.loras().totalElements();
        int unetWeights = program.weights().size();
        @Nullable Recomputation text = null;
        if (plan.trainTextEncoders() && options.recompute()) {
            text = denoiser.textInPieces(program, "text", lora);
            program.add(text);
        } else {
            program.add(denoiser.text(program, "text", plan.trainTextEncoders() ? lora : LoraPlan.NONE));
        }
        if (plan.ownPrediction()) {
            program.add(denoiser.unet(program, "unet_plain", LoraPlan.NONE));
            program.add(denoiser.text(program, "text_plain", LoraPlan.NONE));
        }
        Differentiation differentiation = unet == null
                ? new KeptActivations(new DenoiserCalls(denoiser), plan, options.type())
                : new RecomputedActivations(
                        unet, text, denoiser.textResults(), program.loras().size(), options.type());
        return new LoraNetworks(differentiation, unetElements, unetWeights);
    }
}
