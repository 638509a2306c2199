package athanor.diffusion.program;

import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.Statement.Let;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network that keeps only what crosses from one of its pieces to another; the backward pass computes each piece again
 * (Chen et al. 2016, "Training Deep Nets with Sublinear Memory Cost").
 *
 * <p>The straight-line code of one method becomes a method {@code NAME_k} a piece and two runs of statements for the method
 * that asks for gradients. The way there takes LoRA factors that want no gradient, so that nothing is kept for it; the way
 * back takes the same numbers as leaves that do. A piece on which no gradient depends is not computed again.
 */
public final class Recomputation {

    private final String name;
    private final List<Variable> results;
    private final Set<Variable> active;
    private final List<Piece> pieces;

    /**
     * @param cuts how many of the method's statements stand before each cut
     * @param activeArguments those that the gradient of something depends on
     */
    Recomputation(Method method, List<Integer> cuts, Set<Variable> activeArguments, List<Variable> results) {
        this.name = method.signature().name();
        this.results = List.copyOf(results);
        List<List<Let>> needed = needed(cut(method.statements(), cuts), results);
        this.active = active(needed, activeArguments);
        this.pieces = pieces(needed);
    }

    private static List<List<Let>> cut(List<Statement> statements, List<Integer> cuts) {
        List<Let> straight = new ArrayList<>();
        for (Statement statement : statements) {
            if (!(statement instanceof Let let)) {
                throw new IllegalArgumentException("cannot compute again what is not straight: " + statement);
            }
            straight.add(let);
        }
        List<List<Let>> pieces = new ArrayList<>();
        int from = 0;
        for (int to : cuts) {
            pieces.add(straight.subList(from, to));
            from = to;
        }
        pieces.add(straight.subList(from, straight.size()));
        return pieces;
    }

    /** Without statements that no result depends on: the last layer of an encoder of which the last but one is read. */
    private static List<List<Let>> needed(List<List<Let>> pieces, List<Variable> results) {
        Set<Variable> read = new LinkedHashSet<>(results);
        List<List<Let>> needed = new ArrayList<>();
        for (int k = pieces.size() - 1; k >= 0; k--) {
            List<Let> kept = Statement.needed(pieces.get(k), read);
            if (!kept.isEmpty()) {
                needed.add(0, kept);
            }
        }
        return needed;
    }

    private static Set<Variable> active(List<List<Let>> pieces, Set<Variable> activeArguments) {
        Set<Variable> active = new LinkedHashSet<>(activeArguments);
        for (List<Let> piece : pieces) {
            for (Let statement : piece) {
                Expression value = statement.value();
                if (!value.factors().isEmpty()
                        || value.readsNumbersOf().stream().anyMatch(active::contains)) {
                    active.add(statement.variable());
                }
            }
        }
        return active;
    }

    private List<Piece> pieces(List<List<Let>> cut) {
        List<Piece> made = new ArrayList<>();
        Set<Variable> readLater = new LinkedHashSet<>(results);
        for (int k = cut.size() - 1; k >= 0; k--) {
            Piece piece = Piece.of(name + "_" + k, cut.get(k), readLater, active);
            readLater.addAll(piece.inputs());
            made.add(0, piece);
        }
        return made;
    }

    List<Definition> definitions() {
        return pieces.stream().map(Piece::definition).toList();
    }

    /** Variables that hold the results after {@link #forward}. */
    public List<Variable> results() {
        return results;
    }

    /** Computes the results from variables called as the arguments, {@code P} and {@code L}. */
    public void forward(Method method) {
        for (Piece piece : pieces) {
            Variable all = method.let(piece.method() + "_out", piece.call(Torch.L, piece.inputs()));
            for (int i = 0; i < piece.outputs().size(); i++) {
                method.let(piece.outputs().get(i), Torch.element(all, i));
            }
        }
    }

    /**
     * Computes the pieces again, the last one first, and the gradients on the way.
     *
     * @param resultGradients holds the gradient of each result on which anything depends
     * @param leaves holds the list of factors that want a gradient
     */
    public Gradients backward(Method method, Map<Variable, Variable> resultGradients, Variable leaves) {
        BackwardPass pass = new BackwardPass(method, name, leaves, resultGradients);
        for (int k = pieces.size() - 1; k >= 0; k--) {
            Piece piece = pieces.get(k);
            List<Variable> outputs = piece.outputs().stream()
                    .filter(output -> active.contains(output) && pass.reaches(output))
                    .toList();
            if (!outputs.isEmpty() && piece.wantsGradients()) {
                pass.through(piece, outputs);
            }
        }
        return pass.gradients();
    }
}
