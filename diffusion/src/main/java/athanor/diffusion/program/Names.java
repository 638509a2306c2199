package athanor.diffusion.program;

import athanor.diffusion.program.Expression.Variable;

/** Hands out variables that nothing else in a program is called by. */
final class Names {

    private int given;

    Variable next(String prefix) {
        return new Variable(prefix + given++);
    }
}
