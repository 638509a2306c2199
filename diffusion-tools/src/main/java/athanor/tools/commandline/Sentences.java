package athanor.tools.commandline;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** What a command says, in one line, when it cannot go on. */
public final class Sentences {

    private Sentences() {}

    /**
     * Of a command line that makes no sense: the option, what was found, what was wanted.
     *
     * @param given the command line
     */
    public static String ofUsage(ParameterException e, List<String> given) {
        List<String> unknown = e.getCommandLine().getUnmatchedArguments();
        if (!unknown.isEmpty()) {
            return "unknown option '%s'; try --help".formatted(unknown.get(0).split("=", 2)[0]);
        }
        if (e instanceof MissingParameterException missing) {
            ArgSpec option = missing.getMissing().get(0);
            return given.contains(name(option)) ? name(option) + " wants a value" : isMissing(option);
        }
        if (e instanceof OverwrittenOptionException twice) {
            return name(twice.getOverwritten()) + " is given twice";
        }
        ArgSpec option = e.getArgSpec();
        if (option == null) {
            return ofFailure(e);
        }
        if (e.getValue() != null && e.getValue().isBlank()) {
            return isMissing(option);
        }
        return "%s is '%s', %s".formatted(name(option), e.getValue(), wanted(option, e));
    }

    private static String isMissing(ArgSpec option) {
        return name(option) + " is missing; try --help";
    }

    private static String name(ArgSpec option) {
        return option instanceof OptionSpec named
                ? named.longestName()
                : "the " + option.paramLabel().toLowerCase(Locale.ROOT);
    }

    private static String wanted(ArgSpec option, ParameterException e) {
        if (option.typeInfo().isEnum()) {
            return "wanted " + anyOf(option.type().getEnumConstants());
        }
        if (option.typeInfo().isBoolean()) {
            return "wanted true or false";
        }
        return ofFailure(e.getCause() instanceof TypeConversionException wanted ? wanted : e);
    }

    private static String anyOf(Object... constants) {
        List<String> lower = Stream.of(constants)
                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                .toList();
        int last = lower.size() - 1;
        return String.join(", ", lower.subList(0, last)) + " or " + lower.get(last);
    }

    /** Of a failure: its first line, and of libtorch's long messages the one that says what went wrong. */
    public static String ofFailure(Throwable e) {
        String message = e.getMessage() == null
                ? e.getClass().getSimpleName()
                : e.getMessage().strip();
        String first = message.lines().findFirst().orElse(message);
        return message.lines()
                .filter(line -> line.startsWith("RuntimeError"))
                .findFirst()
                .map(cause -> first + " " + cause)
                .orElse(first);
    }
}
