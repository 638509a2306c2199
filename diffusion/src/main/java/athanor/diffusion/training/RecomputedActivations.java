package athanor.diffusion.training;

import athanor.diffusion.program.ComputeType;
import athanor.diffusion.program.Expression;
import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.Gradients;
import athanor.diffusion.program.Method;
import athanor.diffusion.program.Recomputation;
import athanor.diffusion.program.Torch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Only the borders of the networks' pieces are kept on the way there; the way back computes the pieces again.
 *
 * @param text the text encoders where they are trained, else null
 * @param textResults what the UNet calls that which they give
 * @param factors how many LoRA factors there are
 */
record RecomputedActivations(
        Recomputation unet, @Nullable Recomputation text, List<Variable> textResults, int factors, ComputeType type)
        implements Differentiation {

    private static final Variable PREDICTION = Torch.variable("prediction");

    /** The factors as leaves of the pieces that are computed again. */
    private static final Variable LEAVES = Torch.variable("G");

    /** Nothing here wants a gradient, so nothing but the borders of the pieces is kept. */
    @Override
    public Variable prediction(Method step) {
        step.let(Torch.L, Torch.self("unpack", Torch.cast(Torch.detach(AdamWMethod.FLAT), type)));
        if (text != null) {
            text.forward(step);
            for (int i = 0; i < textResults.size(); i++) {
                step.let(textResults.get(i), text.results().get(i));
            }
        }
        unet.forward(step);
        return step.let(PREDICTION, Torch.leaf(unet.results().get(0)));
    }

    @Override
    public Expression gradient(Method step, Variable loss) {
        Variable slopes = step.let("slopes", Torch.gradients(loss, PREDICTION));
        Variable slope = step.let("slope", Torch.unwrapped(slopes, 0));
        step.let(LEAVES, Torch.typedList("Tensor", List.of()));
        Expression ofOne = Torch.leaf(new Expression.Element(Torch.L, Torch.variable("i")));
        step.runRepeatedly(factors, Torch.torch("append", LEAVES, ofOne));
        Gradients gradients = unet.backward(step, Map.of(unet.results().get(0), slope), LEAVES);
        Map<Integer, Variable> ofFactors = new HashMap<>(gradients.factors());
        if (text != null) {
            ofFactors.putAll(
                    text.backward(step, ofText(text, gradients), LEAVES).factors());
        }
        return Torch.cast(flat(ofFactors), ComputeType.FLOAT32);
    }

    /** Gradients of what the encoders gave, where the UNet has made any. */
    private Map<Variable, Variable> ofText(Recomputation encoders, Gradients unetGradients) {
        Map<Variable, Variable> gradients = new LinkedHashMap<>();
        for (int i = 0; i < textResults.size(); i++) {
            Variable gradient = unetGradients.values().get(textResults.get(i));
            if (gradient != null) {
                gradients.put(encoders.results().get(i), gradient);
            }
        }
        return gradients;
    }

    /** One vector; what nothing depends on has zeros. */
    private Expression flat(Map<Integer, Variable> gradients) {
        List<Expression> parts = new ArrayList<>();
        for (int i = 0; i < factors; i++) {
            Variable gradient = gradients.get(i);
            Expression known = gradient != null ? gradient : Torch.mul(Torch.element(Torch.L, i), Torch.number("0."));
            parts.add(Torch.reshape(known, -1));
        }
        return Torch.cat(parts);
    }
}
