package athanor.diffusion.program;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where no gradient is asked for, a value that is read once may be overwritten by its reader: activations and sums then need no
 * memory of their own and meet numbers that are still in the processor's cache.
 */
final class Overwriting {

    private static final String PACKED_LAYER = "ops\\.mkldnn\\._\\w+_pointwise";

    /** What these give is memory of their own, not a view of something else. */
    private static final Pattern OWN_MEMORY = Pattern.compile(
            "(torch\\.(add_?|mul_?|silu_?|gelu|group_norm|layer_norm|conv2d|linear|cat)|self\\.group_norm|self\\.conv2d_\\w+|"
                    + PACKED_LAYER
                    + ")\\(.*");

    /** What these give is as large as the sum that it becomes part of. */
    private static final Pattern FULL_SIZE =
            Pattern.compile("(torch\\.(conv2d|linear|gelu)|self\\.conv2d_\\w+|" + PACKED_LAYER + ")\\(.*");

    private static final Pattern ACTIVATION = Pattern.compile("torch\\.(silu)\\((\\w+)\\)");
    private static final Pattern SUM = Pattern.compile("torch\\.(add|mul)\\((\\w+), (\\w+)\\)");

    private final Map<String, String> definitions = new HashMap<>();
    private final Set<String> readOnce = new HashSet<>();

    private Overwriting(List<String> lines) {
        Set<String> readBefore = new HashSet<>();
        for (String line : lines) {
            if (!line.contains(" = ")) {
                continue;
            }
            Statement statement = Statement.parse(line, definitions.keySet());
            for (String read : statement.reads()) {
                // A layer that adds its detour to what it has given reads only what it owns.
                if (statement.expression().startsWith("torch.add_(" + read + ",")) {
                    continue;
                }
                if (readBefore.add(read)) {
                    readOnce.add(read);
                } else {
                    readOnce.remove(read);
                }
            }
            definitions.put(statement.variable(), statement.expression());
        }
    }

    /**
     * @param body lines of a method
     * @param result the expression that it returns
     */
    static String in(String body, String result) {
        List<String> lines = body.lines().toList();
        Overwriting overwriting = new Overwriting(lines);
        overwriting.readOnce.removeIf(variable ->
                Statement.parse("_ = " + result, Set.of(variable)).reads().contains(variable));
        StringBuilder rewritten = new StringBuilder();
        lines.forEach(line -> rewritten.append(overwriting.rewritten(line)).append('\n'));
        return rewritten.toString();
    }

    private String rewritten(String line) {
        int equals = line.indexOf(" = ");
        if (equals < 0) {
            return line;
        }
        String assignment = line.substring(0, equals + " = ".length());
        String expression = line.substring(assignment.length());
        Matcher activation = ACTIVATION.matcher(expression);
        if (activation.matches() && dies(activation.group(2), OWN_MEMORY)) {
            return "%storch.%s_(%s)".formatted(assignment, activation.group(1), activation.group(2));
        }
        Matcher sum = SUM.matcher(expression);
        if (!sum.matches()) {
            return line;
        }
        String first = sum.group(2);
        String second = sum.group(3);
        if (dies(first, OWN_MEMORY)) {
            return "%storch.%s_(%s, %s)".formatted(assignment, sum.group(1), first, second);
        }
        // Only the first of two may be the larger one, unless it is known better.
        if (dies(second, FULL_SIZE)) {
            return "%storch.%s_(%s, %s)".formatted(assignment, sum.group(1), second, first);
        }
        return line;
    }

    private boolean dies(String variable, Pattern madeBy) {
        String definition = definitions.get(variable);
        return readOnce.contains(variable)
                && definition != null
                && madeBy.matcher(definition).matches();
    }
}
