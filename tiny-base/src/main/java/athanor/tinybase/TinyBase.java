package athanor.tinybase;

import athanor.tinybase.judge.JudgeCommand;
import athanor.tinybase.measure.MeasureCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The tiny base from the command line: {@code ./athanor draw}, {@code pretrain} and {@code measure} come here. */
@Command(
        name = "athanor",
        mixinStandardHelpOptions = true,
        description = "The drawn world, the base model pretrained on it, and the measurements.",
        subcommands = {DrawCommand.class, PretrainCommand.class, JudgeCommand.class, MeasureCommand.class})
public final class TinyBase {

    private TinyBase() {}

    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true");
        CommandLine commands = new CommandLine(new TinyBase());
        commands.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println(command.getColorScheme().errorText(String.valueOf(failure.getMessage())));
            return CommandLine.ExitCode.SOFTWARE;
        });
        System.exit(commands.execute(arguments));
    }
}
