package athanor.diffusion.program;

import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.Statement.Let;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Spares a network under classifier-free guidance what both prompts have in common. Latents come with B rows and texts with
 * k B; a value that depends on the latents alone keeps its B rows, and only the first operator that takes it together with
 * something of the texts gets it repeated, so that row i of the texts meets row i modulo B.
 */
final class GuidanceRows {

    /** Everything has as many rows: nothing is ever repeated. */
    static final GuidanceRows ALIKE = new GuidanceRows(List.of(), List.of(), Torch.number(1));

    private enum Rows {
        OF_LATENTS,
        OF_TEXTS
    }

    private final Expression textsPerLatent;
    private final Map<Variable, Rows> rows = new HashMap<>();
    private final Map<Variable, Variable> repeated = new HashMap<>();

    /** @param textsPerLatent holds k */
    GuidanceRows(List<Variable> latents, List<Variable> texts, Expression textsPerLatent) {
        this.textsPerLatent = textsPerLatent;
        latents.forEach(argument -> rows.put(argument, Rows.OF_LATENTS));
        texts.forEach(argument -> rows.put(argument, Rows.OF_TEXTS));
    }

    /**
     * The statement with as many rows in every operand.
     *
     * @param let puts a repetition before the statement and gives the variable that holds it
     */
    Statement aligned(Statement statement, Function<Expression, Variable> let) {
        if (rows.isEmpty()) {
            return statement;
        }
        Let assignment = statement.assignment();
        Set<Variable> reads = assignment.value().reads();
        reads.retainAll(rows.keySet());
        if (reads.isEmpty()) {
            return statement;
        }
        boolean readsText = reads.stream().anyMatch(read -> rows.get(read) == Rows.OF_TEXTS);
        rows.put(assignment.variable(), readsText ? Rows.OF_TEXTS : Rows.OF_LATENTS);
        if (!readsText) {
            return statement;
        }
        for (Variable read : reads) {
            if (rows.get(read) == Rows.OF_LATENTS) {
                repeated.computeIfAbsent(read, latents -> let.apply(repetition(latents)));
            }
        }
        return statement.withAssignment(
                new Let(assignment.variable(), assignment.value().renamed(repeated)));
    }

    private Expression repetition(Variable latents) {
        return Torch.torch("cat", Torch.mul(Torch.list(latents), textsPerLatent), Torch.number(0));
    }
}
