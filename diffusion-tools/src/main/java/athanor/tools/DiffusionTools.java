package athanor.tools;

import athanor.tools.bench.BenchCommand;
import athanor.tools.commandline.PositiveNumber;
import athanor.tools.commandline.Sentences;
import athanor.tools.emit.EmitCommand;
import athanor.tools.reference.ReferenceCommand;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.TypeConversionException;

/** The library from the command line: {@code ./athanor reference}, {@code bench} and {@code emit} come here. */
@Command(
        name = "athanor",
        mixinStandardHelpOptions = true,
        description = "Compares the deep-learning library with others, measures it, and writes out its programs.",
        subcommands = {ReferenceCommand.class, BenchCommand.class, EmitCommand.class})
public final class DiffusionTools {

    private static final int FAILED = 1;

    private DiffusionTools() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** Every command ends with 0, or with 1 after one line on the error stream. */
    public static CommandLine commandLine() {
        PositiveNumber positive = new PositiveNumber();
        return new CommandLine(new DiffusionTools())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Path.class, DiffusionTools::path)
                .registerConverter(Integer.class, positive)
                .registerConverter(int.class, positive)
                .setParameterExceptionHandler(
                        (e, given) -> fail(e.getCommandLine(), Sentences.ofUsage(e, List.of(given))))
                .setExecutionExceptionHandler((e, command, parsed) -> fail(command, Sentences.ofFailure(e)));
    }

    /** Java takes an empty path for the folder it runs in. */
    private static Path path(String text) {
        if (text.isBlank()) {
            throw new TypeConversionException("wanted a path");
        }
        return Path.of(text);
    }

    private static int fail(CommandLine command, String sentence) {
        command.getErr().println("%s: %s".formatted(command.getCommandSpec().qualifiedName(), sentence));
        return FAILED;
    }
}
