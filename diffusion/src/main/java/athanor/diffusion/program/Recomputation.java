package athanor.diffusion.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A network that keeps only what crosses from one of its pieces to another; the backward pass computes each piece again
 * (Chen et al. 2016, "Training Deep Nets with Sublinear Memory Cost").
 *
 * <p>The straight-line code of one method becomes a method {@code NAME_k} a piece and two runs of statements for the method
 * that asks for gradients. The way there takes LoRA factors that want no gradient, so that nothing is kept for it; the way
 * back takes the same numbers as leaves that do. A piece on which no gradient depends is not computed again.
 */
public final class Recomputation {

    private final String method;
    private final List<String> results;
    private final List<Piece> pieces;
    private final Set<String> active;
    private final Map<Integer, String> factorGradients = new HashMap<>();
    private final Map<String, String> gradients = new HashMap<>();
    private int variables;

    /**
     * Lines that are computed together.
     *
     * @param inputs values from outside
     * @param outputs values that later pieces read, or results
     * @param sources inputs whose gradient this piece contributes to
     * @param factors positions in the list of LoRA factors
     */
    private record Piece(
            String method,
            List<Statement> lines,
            List<String> inputs,
            List<String> outputs,
            List<String> sources,
            List<Integer> factors) {}

    /**
     * @param pieces the lines of a method, all of the form {@code variable = expression}, cut
     * @param arguments of the method besides {@code P} and {@code L}, all tensors
     * @param activeArguments those that the gradient of something depends on
     */
    Recomputation(
            String method,
            List<List<String>> pieces,
            List<String> arguments,
            Set<String> activeArguments,
            List<String> results) {
        this.method = method;
        this.results = List.copyOf(results);
        List<List<Statement>> needed = needed(parse(pieces, arguments), results);
        this.active = active(needed, activeArguments);
        this.pieces = pieces(needed);
    }

    private static List<List<Statement>> parse(List<List<String>> pieces, List<String> arguments) {
        Set<String> known = new LinkedHashSet<>(arguments);
        List<List<Statement>> parsed = new ArrayList<>();
        for (List<String> piece : pieces) {
            List<Statement> statements = new ArrayList<>();
            for (String line : piece) {
                Statement statement = Statement.parse(line, known);
                known.add(statement.variable());
                statements.add(statement);
            }
            parsed.add(statements);
        }
        return parsed;
    }

    /** Without lines that no result depends on: the last layer of an encoder of which the last but one is read. */
    private static List<List<Statement>> needed(List<List<Statement>> pieces, List<String> results) {
        Set<String> read = new LinkedHashSet<>(results);
        List<List<Statement>> needed = new ArrayList<>();
        for (int k = pieces.size() - 1; k >= 0; k--) {
            List<Statement> kept = Statement.needed(pieces.get(k), read);
            if (!kept.isEmpty()) {
                needed.add(0, kept);
            }
        }
        return needed;
    }

    private static Set<String> active(List<List<Statement>> pieces, Set<String> activeArguments) {
        Set<String> active = new LinkedHashSet<>(activeArguments);
        for (List<Statement> piece : pieces) {
            for (Statement line : piece) {
                if (!line.factors().isEmpty() || line.values().stream().anyMatch(active::contains)) {
                    active.add(line.variable());
                }
            }
        }
        return active;
    }

    private List<Piece> pieces(List<List<Statement>> cut) {
        List<Piece> made = new ArrayList<>();
        Set<String> readLater = new LinkedHashSet<>(results);
        for (int k = cut.size() - 1; k >= 0; k--) {
            Set<String> defined = new LinkedHashSet<>();
            Set<String> inputs = new LinkedHashSet<>();
            Set<String> sources = new LinkedHashSet<>();
            Set<Integer> factors = new TreeSet<>();
            for (Statement line : cut.get(k)) {
                line.reads().stream().filter(read -> !defined.contains(read)).forEach(inputs::add);
                line.values().stream()
                        .filter(value -> !defined.contains(value) && active.contains(value))
                        .forEach(sources::add);
                factors.addAll(line.factors());
                defined.add(line.variable());
            }
            List<String> outputs = defined.stream().filter(readLater::contains).toList();
            readLater.addAll(inputs);
            made.add(
                    0,
                    new Piece(
                            method + "_" + k,
                            cut.get(k),
                            List.copyOf(inputs),
                            outputs,
                            List.copyOf(sources),
                            List.copyOf(factors)));
        }
        return made;
    }

    /** Positions of the LoRA factors that the results depend on. */
    Set<Integer> factors() {
        return pieces.stream().flatMap(piece -> piece.factors().stream()).collect(Collectors.toSet());
    }

    /** Definitions of the pieces, {@code NAME_k(P, L, inputs...) -> List[Tensor]}. */
    String methods() {
        return pieces.stream().map(Recomputation::definition).collect(Collectors.joining());
    }

    private static String definition(Piece piece) {
        String inputs =
                piece.inputs().stream().map(input -> ", " + input + ": Tensor").collect(Collectors.joining());
        String lines = piece.lines().stream()
                .map(line -> "    " + line.variable() + " = " + line.expression() + "\n")
                .collect(Collectors.joining());
        return "  def %s(self: __torch__.Program, P: List[Tensor], L: List[Tensor]%s) -> List[Tensor]:\n"
                        .formatted(piece.method(), inputs)
                + lines
                + "    return [" + String.join(", ", piece.outputs()) + "]\n";
    }

    /** Variables that hold the results after {@link #forward}. */
    public List<String> results() {
        return results;
    }

    /** Statements that compute the results from variables called as the arguments, {@code P} and {@code L}. */
    public String forward() {
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            String all = piece.method() + "_out";
            text.append("    %s = self.%s(P, L%s)\n".formatted(all, piece.method(), arguments(piece.inputs())));
            for (int i = 0; i < piece.outputs().size(); i++) {
                text.append("    %s = %s[%d]\n".formatted(piece.outputs().get(i), all, i));
            }
        }
        return text.toString();
    }

    /**
     * Statements for the way back; after them {@link #gradientOf} and {@link #factorGradients} say where gradients are.
     *
     * @param resultGradients variable that holds the gradient of each result on which anything depends
     * @param leaves variable that holds the list of factors that want a gradient
     */
    public String backward(Map<String, String> resultGradients, String leaves) {
        gradients.clear();
        gradients.putAll(resultGradients);
        StringBuilder text = new StringBuilder();
        for (int k = pieces.size() - 1; k >= 0; k--) {
            Piece piece = pieces.get(k);
            List<String> outputs = piece.outputs().stream()
                    .filter(output -> active.contains(output) && gradients.containsKey(output))
                    .toList();
            if (!outputs.isEmpty()
                    && !(piece.sources().isEmpty() && piece.factors().isEmpty())) {
                backward(text, piece, outputs, leaves);
            }
        }
        return text.toString();
    }

    private void backward(StringBuilder text, Piece piece, List<String> outputs, String leaves) {
        Map<String, String> inputs = new LinkedHashMap<>();
        piece.inputs().forEach(input -> inputs.put(input, input));
        for (String source : piece.sources()) {
            String leaf = newVariable();
            inputs.put(source, leaf);
            text.append("    %s = torch.requires_grad_(torch.detach(%s), True)\n".formatted(leaf, source));
        }
        String again = newVariable();
        text.append("    %s = self.%s(P, %s%s)\n"
                .formatted(again, piece.method(), leaves, arguments(List.copyOf(inputs.values()))));
        String values = outputs.stream()
                .map(output -> again + "[" + piece.outputs().indexOf(output) + "]")
                .collect(Collectors.joining(", "));
        List<String> wanted =
                new ArrayList<>(piece.sources().stream().map(inputs::get).toList());
        piece.factors().forEach(factor -> wanted.add(leaves + "[" + factor + "]"));
        String given = newVariable();
        text.append("    %s = torch.grad([%s], [%s], annotate(List[Optional[Tensor]], [%s]), False, False, False)\n"
                .formatted(
                        given,
                        values,
                        String.join(", ", wanted),
                        outputs.stream().map(gradients::get).collect(Collectors.joining(", "))));
        for (int i = 0; i < piece.sources().size(); i++) {
            gradients.merge(
                    piece.sources().get(i),
                    define(text, unwrapped(given, i)),
                    (known, more) -> define(text, "torch.add(%s, %s)".formatted(known, more)));
        }
        for (int i = 0; i < piece.factors().size(); i++) {
            String more = define(text, unwrapped(given, piece.sources().size() + i));
            factorGradients.merge(
                    piece.factors().get(i),
                    more,
                    (known, another) -> define(text, "torch.add(%s, %s)".formatted(known, another)));
        }
    }

    private static String unwrapped(String list, int position) {
        return "torch._unwrap_optional(%s[%d])".formatted(list, position);
    }

    private String define(StringBuilder text, String expression) {
        String variable = newVariable();
        text.append("    ").append(variable).append(" = ").append(expression).append('\n');
        return variable;
    }

    private String newVariable() {
        return method + "_g" + variables++;
    }

    private static String arguments(List<String> values) {
        return values.stream().map(value -> ", " + value).collect(Collectors.joining());
    }

    /** Variable that holds the gradient of an active argument after {@link #backward}; null where it has none. */
    public @Nullable String gradientOf(String argument) {
        return gradients.get(argument);
    }

    /** Variables that hold the gradients of LoRA factors after {@link #backward}, by position; a missing one is zero. */
    public Map<Integer, String> factorGradients() {
        return Map.copyOf(factorGradients);
    }
}
