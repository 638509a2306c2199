package athanor.diffusion.program;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Spares a network under classifier-free guidance what both prompts have in common. Latents come with B rows and texts with
 * k B; a value that depends on the latents alone keeps its B rows, and only the first operator that takes it together with
 * something of the texts gets it repeated, so that row i of the texts meets row i modulo B.
 */
final class GuidanceRows {

    private enum Rows {
        OF_LATENTS,
        OF_TEXTS
    }

    private final Map<String, Rows> rows = new HashMap<>();
    private final Map<String, String> repeated = new HashMap<>();

    /** Forgets the method before; without {@link #begin} nothing is ever repeated. */
    void clear() {
        rows.clear();
        repeated.clear();
    }

    void begin(List<String> latents, List<String> texts) {
        latents.forEach(argument -> rows.put(argument, Rows.OF_LATENTS));
        texts.forEach(argument -> rows.put(argument, Rows.OF_TEXTS));
    }

    /**
     * The line with as many rows in every operand.
     *
     * @param repeat prints the repetition of a variable and gives the new one's name
     */
    String aligned(String line, UnaryOperator<String> repeat) {
        if (rows.isEmpty() || !line.contains(" = ")) {
            return line;
        }
        Statement statement = Statement.parse(line, rows.keySet());
        boolean readsText = statement.reads().stream().anyMatch(read -> rows.get(read) == Rows.OF_TEXTS);
        String aligned = line;
        for (String read : statement.reads()) {
            if (readsText && rows.get(read) == Rows.OF_LATENTS) {
                aligned = Statement.renamed(aligned, read, repeated.computeIfAbsent(read, repeat));
            }
        }
        if (!statement.reads().isEmpty()) {
            rows.put(statement.variable(), readsText ? Rows.OF_TEXTS : Rows.OF_LATENTS);
        }
        return aligned;
    }
}
