package athanor.diffusion.program;

import static athanor.diffusion.program.Torch.element;
import static athanor.diffusion.program.Torch.list;

import athanor.diffusion.program.Expression.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the way back through the pieces of a {@link Recomputation}, from the gradients of what a piece gave to those of what it read. */
final class BackwardPass {

    private final Method method;
    private final String prefix;
    private final Variable leaves;
    private final Map<Variable, Variable> gradients;
    private final Map<Integer, Variable> factorGradients = new HashMap<>();
    private int variables;

    BackwardPass(Method method, String network, Variable leaves, Map<Variable, Variable> resultGradients) {
        this.method = method;
        this.prefix = network + "_g";
        this.leaves = leaves;
        this.gradients = new HashMap<>(resultGradients);
    }

    boolean reaches(Variable value) {
        return gradients.containsKey(value);
    }

    Gradients gradients() {
        return new Gradients(Map.copyOf(gradients), Map.copyOf(factorGradients));
    }

    /** @param outputs those that have a gradient */
    void through(Piece piece, List<Variable> outputs) {
        Map<Variable, Variable> inputs = new LinkedHashMap<>();
        piece.inputs().forEach(input -> inputs.put(input, input));
        for (Variable source : piece.sources()) {
            inputs.put(source, let(Torch.leaf(source)));
        }
        Variable again = let(piece.call(leaves, List.copyOf(inputs.values())));
        List<Expression> values = outputs.stream()
                .map(output -> element(again, piece.outputs().indexOf(output)))
                .toList();
        List<Expression> wanted = new ArrayList<>();
        piece.sources().forEach(source -> wanted.add(inputs.get(source)));
        piece.factors().forEach(factor -> wanted.add(element(leaves, factor)));
        List<Variable> slopes =
                outputs.stream().map(output -> gradients.get(output)).toList();
        Variable given = let(Torch.torch(
                "grad",
                list(values),
                list(wanted),
                Torch.typedList("Optional[Tensor]", slopes),
                Torch.FALSE,
                Torch.FALSE,
                Torch.FALSE));
        int position = 0;
        for (Variable source : piece.sources()) {
            gradients.merge(source, let(Torch.unwrapped(given, position++)), this::sum);
        }
        for (int factor : piece.factors()) {
            factorGradients.merge(factor, let(Torch.unwrapped(given, position++)), this::sum);
        }
    }

    private Variable sum(Variable known, Variable more) {
        return let(Torch.add(known, more));
    }

    private Variable let(Expression value) {
        return method.let(prefix + variables++, value);
    }
}
