package athanor.diffusion.program;

import athanor.diffusion.program.Expression.Variable;
import java.util.Map;

/**
 * Variables that hold gradients; what has none is missing.
 *
 * @param factors by position in the list of LoRA factors
 */
public record Gradients(Map<Variable, Variable> values, Map<Integer, Variable> factors) {}
