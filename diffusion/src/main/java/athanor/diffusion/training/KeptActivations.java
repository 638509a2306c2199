package athanor.diffusion.training;

import athanor.diffusion.program.ComputeType;
import athanor.diffusion.program.Expression;
import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.Method;
import athanor.diffusion.program.Torch;

/** Everything that the way back needs is kept on the way there. */
record KeptActivations(DenoiserCalls denoiser, TrainingPlan plan, ComputeType type) implements Differentiation {

    private static final Variable LEAF = Torch.variable("f");

    @Override
    public Variable prediction(Method step) {
        step.let(LEAF, Torch.leaf(AdamWMethod.FLAT));
        step.let(Torch.L, Torch.self("unpack", Torch.cast(LEAF, type)));
        if (plan.trainTextEncoders()) {
            denoiser.encode(step, "text", "", plan.lora());
        }
        return step.let("prediction", denoiser.unet("unet", "", plan.lora()));
    }

    @Override
    public Expression gradient(Method step, Variable loss) {
        Variable gradients = step.let("gradients", Torch.gradients(loss, LEAF));
        return Torch.unwrapped(gradients, 0);
    }
}
