package athanor.diffusion.program;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a straight-line program, {@code variable = expression}.
 *
 * @param reads variables in the expression
 * @param values those whose numbers count, not only their size
 * @param factors positions of LoRA factors in the expression
 */
record Statement(String variable, String expression, Set<String> reads, Set<String> values, Set<Integer> factors) {

    private static final Pattern NAME = Pattern.compile("(?<![\\w.\"])[A-Za-z_]\\w*");
    private static final Pattern SIZE = Pattern.compile("torch\\.size\\(\\w+(, \\d+)?\\)");
    private static final Pattern FACTOR = Pattern.compile("(?<![\\w.])L\\[(\\d+)]");

    /** @param known variables and arguments that the line may read */
    static Statement parse(String line, Set<String> known) {
        int equals = line.indexOf(" = ");
        if (equals < 0) {
            throw new IllegalArgumentException("not of the form variable = expression: " + line);
        }
        String expression = line.substring(equals + " = ".length());
        Set<Integer> factors = new LinkedHashSet<>();
        Matcher factor = FACTOR.matcher(expression);
        while (factor.find()) {
            factors.add(Integer.valueOf(factor.group(1)));
        }
        return new Statement(
                line.substring(0, equals).strip(),
                expression,
                names(expression, known),
                names(SIZE.matcher(expression).replaceAll(""), known),
                factors);
    }

    /**
     * Those of a run of statements that something depends on, in their order.
     *
     * @param read variables that are read after them; grows by those that are read in them
     */
    static List<Statement> needed(List<Statement> statements, Set<String> read) {
        List<Statement> needed = new ArrayList<>();
        for (int i = statements.size() - 1; i >= 0; i--) {
            Statement statement = statements.get(i);
            if (read.contains(statement.variable())) {
                needed.add(0, statement);
                read.addAll(statement.reads());
            }
        }
        return needed;
    }

    /** Positions of the LoRA factors that a result depends on, given the lines before it. */
    static Set<Integer> factorsBefore(String result, String lines) {
        Set<String> known = new LinkedHashSet<>();
        List<Statement> statements = new ArrayList<>();
        for (String line : lines.lines().filter(line -> line.contains(" = ")).toList()) {
            Statement statement = parse(line, known);
            statements.add(statement);
            known.add(statement.variable());
        }
        Set<Integer> factors = new LinkedHashSet<>();
        Set<String> read =
                new LinkedHashSet<>(parse("result = " + result, known).reads());
        needed(statements, read).forEach(statement -> factors.addAll(statement.factors()));
        return factors;
    }

    /** The line with another name wherever it reads the variable. */
    static String renamed(String line, String variable, String name) {
        return line.replaceAll("(?<![\\w.])" + variable + "(?!\\w)", name);
    }

    private static Set<String> names(String expression, Set<String> known) {
        Set<String> names = new LinkedHashSet<>();
        Matcher name = NAME.matcher(expression);
        while (name.find()) {
            if (known.contains(name.group())) {
                names.add(name.group());
            }
        }
        return names;
    }
}
