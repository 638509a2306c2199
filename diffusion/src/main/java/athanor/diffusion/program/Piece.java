package athanor.diffusion.program;

import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.Statement.Let;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Statements of a {@link Recomputation} that are computed together.
 *
 * @param method what the program calls them by
 * @param inputs values from outside
 * @param outputs values that later pieces read, or results
 * @param sources inputs whose gradient this piece contributes to
 * @param factors positions in the list of LoRA factors
 */
record Piece(
        String method,
        List<Let> statements,
        List<Variable> inputs,
        List<Variable> outputs,
        List<Variable> sources,
        List<Integer> factors) {

    /**
     * @param readLater variables that later pieces read, or results
     * @param active variables that the gradient of something depends on
     */
    static Piece of(String method, List<Let> statements, Set<Variable> readLater, Set<Variable> active) {
        Set<Variable> defined = new LinkedHashSet<>();
        Set<Variable> inputs = new LinkedHashSet<>();
        Set<Variable> sources = new LinkedHashSet<>();
        Set<Integer> factors = new TreeSet<>();
        for (Let statement : statements) {
            Expression value = statement.value();
            value.reads().stream().filter(read -> !defined.contains(read)).forEach(inputs::add);
            value.readsNumbersOf().stream()
                    .filter(read -> !defined.contains(read) && active.contains(read))
                    .forEach(sources::add);
            factors.addAll(value.factors());
            defined.add(statement.variable());
        }
        List<Variable> outputs = defined.stream().filter(readLater::contains).toList();
        return new Piece(method, statements, List.copyOf(inputs), outputs, List.copyOf(sources), List.copyOf(factors));
    }

    /** {@code NAME(P, L, inputs...) -> List[Tensor]}. */
    Definition definition() {
        Signature signature =
                Signature.of(method).weights().factors().tensors(inputs).givingTensors();
        return new Definition(signature, List.copyOf(statements), Torch.list(outputs), Set.copyOf(factors));
    }

    /** @param inputs in the piece's order */
    Expression call(Variable loras, List<Variable> inputs) {
        List<Expression> arguments = new ArrayList<>(List.of(Torch.P, loras));
        arguments.addAll(inputs);
        return Torch.self(method, arguments);
    }

    boolean wantsGradients() {
        return !sources.isEmpty() || !factors.isEmpty();
    }
}
