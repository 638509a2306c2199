package athanor.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Loss and gradient of one micro-batch with given parameters. */
final class BatchGradient {

    private final LoraProgram program;
    private final PromptEncoder prompts;
    private final TrainingSettings settings;

    BatchGradient(LoraProgram program, PromptEncoder prompts, TrainingSettings settings) {
        this.program = program;
        this.prompts = prompts;
        this.settings = settings;
    }

    /** @param values of all trained parameters */
    LoraProgram.Gradient of(NDManager scope, NDArray values, MicroBatch batch, NoiseTerms terms) {
        GradientInputs.Prompts described = settings.adapter().textEncoders()
                ? new GradientInputs.Prompts.Tokens(prompts.ids(scope, batch.captions()))
                : new GradientInputs.Prompts.Encoded(prompts.embeddings(scope, batch.captions()));
        return program.gradient(
                scope,
                values,
                new GradientInputs(
                        batch.latents(scope),
                        batch.noise(scope),
                        terms,
                        batch.mask(scope),
                        described,
                        program.hasPooledText() ? batch.timeIds(scope) : null,
                        settings.adapter().dropout().isOff() ? null : batch.dropoutSeeds(scope)));
    }
}
