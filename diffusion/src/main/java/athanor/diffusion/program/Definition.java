package athanor.diffusion.program;

import java.util.List;
import java.util.Set;

/**
 * A method that is written to its end. {@link #toString} prints it.
 *
 * @param factors positions of the LoRA factors that the result depends on
 */
public record Definition(Signature signature, List<Statement> statements, Expression result, Set<Integer> factors) {

    public Definition {
        statements = List.copyOf(statements);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(signature.head());
        statements.forEach(statement -> statement.print(text, "    "));
        return text.append("    return ").append(result).append('\n').toString();
    }
}
