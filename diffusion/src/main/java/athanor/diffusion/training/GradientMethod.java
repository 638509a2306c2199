package athanor.diffusion.training;

import static athanor.diffusion.program.Torch.add;
import static athanor.diffusion.program.Torch.mul;
import static athanor.diffusion.program.Torch.number;
import static athanor.diffusion.program.Torch.sqrt;
import static athanor.diffusion.program.Torch.sub;
import static athanor.diffusion.training.NoiseTerms.TERMS;

import athanor.diffusion.program.ComputeType;
import athanor.diffusion.program.Definition;
import athanor.diffusion.program.Expression;
import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.program.Method;
import athanor.diffusion.program.Signature;
import athanor.diffusion.program.Torch;
import athanor.diffusion.runtime.DenoiserProgram;
import athanor.diffusion.training.NoiseTerms.Row;
import java.util.List;

/**
 * {@code gradient(terms, flat, latents, noise, mask, ...) -> [errors (B), gradient of flat]}: a step of DreamBooth from noise to
 * gradient.
 */
record GradientMethod(DenoiserProgram denoiser, TrainingPlan plan, ComputeType type, Differentiation differentiation) {

    Definition definition() {
        Method step = new Method(Signature.of("gradient")
                .tensors(TERMS, AdamWMethod.FLAT)
                .tensors(GradientInputs.variables(denoiser, plan))
                .givingTensors());
        step.let(Torch.P, Torch.WEIGHTS);
        step.let(DenoiserProgram.X, NoiseTerms.noisy());
        step.let(DenoiserProgram.T, Row.TIMESTEP.of(TERMS));
        Variable target = step.let("target", NoiseTerms.target());
        if (!plan.trainTextEncoders()) {
            narrowText(step);
        }
        if (plan.ownPrediction()) {
            answerAsTheBase(step, target);
        }
        Variable prediction = differentiation.prediction(step);
        Variable d = step.let("d", sub(prediction, target));
        Variable errors = step.let("errors", Torch.mean(mul(error(d), GradientInputs.MASK), 1, 2, 3));
        Variable loss = step.let("loss", Torch.sum(mul(errors, Row.WEIGHT.of(TERMS))));
        Expression gradient = differentiation.gradient(step, loss);
        return step.returning(Torch.list(Torch.detach(errors), gradient));
    }

    /** @param d prediction less target, (B, C, h, w) */
    private Expression error(Variable d) {
        Expression delta = Row.HUBER_DELTA.asFactors(TERMS);
        return switch (plan.loss()) {
            case MEAN_SQUARED -> mul(d, d);
            // 2 delta (sqrt(d^2 + delta^2) - delta)
            case HUBER -> mul(sub(sqrt(add(mul(d, d), mul(delta, delta))), delta), mul(delta, number("2.")));
        };
    }

    /** What {@code encode} gave comes back as float32, see {@link DenoiserProgram#encode}. */
    private void narrowText(Method step) {
        denoiser.textResults().forEach(text -> step.let(text, Torch.cast(text, type)));
    }

    /** The frozen base answers for the pictures whose row says so; nothing in it asks for a gradient. */
    private void answerAsTheBase(Method step, Variable target) {
        DenoiserCalls calls = new DenoiserCalls(denoiser);
        String suffix = plan.trainTextEncoders() ? "_plain" : "";
        step.let(Torch.L, Torch.typedList("Tensor", List.of()));
        if (plan.trainTextEncoders()) {
            calls.encode(step, "text_plain", suffix, LoraPlan.NONE);
        }
        Variable own = step.let("own", calls.unet("unet_plain", suffix, LoraPlan.NONE));
        step.let(target, add(target, mul(sub(own, target), Row.OWN_PREDICTION.asFactors(TERMS))));
    }
}
