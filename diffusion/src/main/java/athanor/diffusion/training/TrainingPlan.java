package athanor.diffusion.training;

import athanor.diffusion.program.LoraPlan;

/**
 * What is fixed while a {@link LoraProgram} lives.
 *
 * @param trainTextEncoders the text encoders are adapted, so prompts are encoded in every step
 * @param loss for every picture alike
 * @param ownPrediction the target of pictures that are marked so is the frozen base's own prediction
 */
public record TrainingPlan(LoraPlan lora, boolean trainTextEncoders, LossKind loss, boolean ownPrediction) {}
