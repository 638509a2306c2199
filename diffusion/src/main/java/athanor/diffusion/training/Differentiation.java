package athanor.diffusion.training;

import athanor.diffusion.program.Expression;
import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.Method;

/** How a step gets from the flat LoRA vector to the prediction and back to the vector's gradient. */
interface Differentiation {

    /** Writes the way there, from variables named as the step's arguments. */
    Variable prediction(Method step);

    /**
     * Writes the way back.
     *
     * @param loss one number that depends on what {@link #prediction} gave
     */
    Expression gradient(Method step, Variable loss);
}
