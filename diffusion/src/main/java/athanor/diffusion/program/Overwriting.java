package athanor.diffusion.program;

import athanor.diffusion.program.Expression.Call;
import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.Statement.Let;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where no gradient is asked for, a value that is read once may be overwritten by its reader: activations and sums then need no
 * memory of their own and meet numbers that are still in the processor's cache.
 */
final class Overwriting {

    /** What these give is as large as the sum that it becomes part of. */
    private static final Set<String> FULL_SIZE = Stream.concat(
                    Stream.of("torch.conv2d", "torch.linear", "torch.gelu"),
                    Stream.concat(TransformedKernel.convolutions(), WeightPacking.packedLayers()))
            .collect(Collectors.toUnmodifiableSet());

    /** What these give is memory of their own, not a view of something else. */
    private static final Set<String> OWN_MEMORY = Stream.concat(
                    FULL_SIZE.stream(),
                    Stream.of(
                            "torch.add",
                            "torch.mul",
                            "torch.silu",
                            "torch.group_norm",
                            WeightPacking.GROUP_NORM,
                            "torch.layer_norm",
                            "torch.cat"))
            .collect(Collectors.toUnmodifiableSet());

    private final Map<Variable, Expression> definitions = new HashMap<>();
    private final Set<Variable> readOnce = new HashSet<>();

    private Overwriting(List<Statement> statements, Expression result) {
        Set<Variable> readBefore = new HashSet<>();
        for (Statement statement : statements) {
            Let assignment = statement.assignment();
            for (Variable read : assignment.value().reads()) {
                // A layer that adds its detour to what it has given reads only what it owns.
                if (LoraDetour.isAddedTo(read, assignment.value())) {
                    continue;
                }
                if (readBefore.add(read)) {
                    readOnce.add(read);
                } else {
                    readOnce.remove(read);
                }
            }
            definitions.put(assignment.variable(), assignment.value());
        }
        readOnce.removeAll(result.reads());
    }

    /**
     * The statements of a method, which may overwrite what they read.
     *
     * @param result what the method returns
     */
    static List<Statement> in(List<Statement> statements, Expression result) {
        Overwriting overwriting = new Overwriting(statements, result);
        return statements.stream().map(overwriting::rewritten).toList();
    }

    private Statement rewritten(Statement statement) {
        Let assignment = statement.assignment();
        return assignment.value() instanceof Call call
                ? statement.withAssignment(new Let(assignment.variable(), rewritten(call)))
                : statement;
    }

    private Call rewritten(Call call) {
        List<Expression> operands = call.operands();
        if (!operands.stream().allMatch(Variable.class::isInstance)) {
            return call;
        }
        return switch (call.operator()) {
            case "torch.silu" -> dies(operands.get(0), OWN_MEMORY::contains) ? inPlace(call, operands) : call;
            case "torch.add", "torch.mul" -> {
                Expression first = operands.get(0);
                Expression second = operands.get(1);
                if (dies(first, OWN_MEMORY::contains)) {
                    yield inPlace(call, operands);
                }
                // Only the first of two may be the larger one, unless it is known better.
                yield dies(second, FULL_SIZE::contains) ? inPlace(call, List.of(second, first)) : call;
            }
            default -> call;
        };
    }

    private static Call inPlace(Call call, List<Expression> operands) {
        return new Call(call.operator() + "_", operands);
    }

    @SuppressWarnings("SuspiciousMethodCalls") // only variables are defined or read
    private boolean dies(Expression operand, Predicate<String> madeBy) {
        return readOnce.contains(operand)
                && definitions.get(operand) instanceof Call call
                && madeBy.test(call.operator());
    }
}
