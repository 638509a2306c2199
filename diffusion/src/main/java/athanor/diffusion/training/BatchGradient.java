package athanor.diffusion.training;

import ai.djl.ndarray.NDManager;

/** Loss and gradient of one micro-batch with the parameters as they are. */
final class BatchGradient {

    private final LoraProgram program;
    private final FlatParameters parameters;
    private final PromptEncoder prompts;
    private final TrainingSettings settings;

    BatchGradient(LoraProgram program, FlatParameters parameters, PromptEncoder prompts, TrainingSettings settings) {
        this.program = program;
        this.parameters = parameters;
        this.prompts = prompts;
        this.settings = settings;
    }

    LoraProgram.Gradient of(NDManager scope, MicroBatch batch, NoiseTerms terms) {
        GradientInputs.Prompts described = settings.adapter().textEncoders()
                ? new GradientInputs.Prompts.Tokens(prompts.ids(scope, batch.captions()))
                : new GradientInputs.Prompts.Encoded(prompts.embeddings(scope, batch.captions()));
        return program.gradient(
                scope,
                parameters,
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
