package athanor.stack.command;

import athanor.stack.infra.StackProblem;
import athanor.stack.terminal.Terminal;
import java.util.logging.LogManager;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Entry of the launcher. */
@Command(
        name = "athanor",
        description = "Turns a folder of photographs into a Stable Diffusion LoRA and shows whether it is any good.",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            DownCommand.class,
            LookCommand.class,
            TrainCommand.class,
            PlanCommand.class,
            TriggerCommand.class,
            RunsCommand.class,
            FollowCommand.class,
            CancelCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            StopCommand.class,
            SampleNowCommand.class,
            LossesCommand.class,
            PreparationCommand.class,
            CheckpointsCommand.class,
            DownloadCommand.class,
            LorasCommand.class,
            RemoveCommand.class,
            SampleCommand.class,
            CheckCommand.class,
            ProduceCommand.class,
            TopicsCommand.class,
            LogsCommand.class,
            DoctorCommand.class,
            BenchUploadsCommand.class,
            LoadCommand.class,
            ChaosCommand.class,
            ArchiveClassesCommand.class,
            GenerateCompletion.class,
            HelpCommand.class
        },
        footer = {
            "",
            "More, each with its own --help: reference (compare a base with any other implementation),",
            "bench (speed and memory), emit (the training program for machines without Java),",
            "pretrain, measure, judge, draw (the tiny base and its world)."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        version = "athanor 0.1.0")
public final class Athanor {

    private static final int FAILED = 1;

    /** What Java puts in the place of bytes that are no text to it. */
    private static final char UNREADABLE = '\ufffd';

    private Athanor() {}

    public static void main(String[] arguments) {
        // The broker logs through java.util.logging; nothing of it belongs on the terminal.
        LogManager.getLogManager().reset();
        Terminal terminal = Terminal.ofThisProcess();
        Runtime.getRuntime().addShutdownHook(new Thread(terminal::silence, "silence-terminal"));
        System.exit(run(terminal, arguments));
    }

    static int run(Terminal terminal, String... arguments) {
        for (String argument : arguments) {
            if (argument.indexOf(UNREADABLE) >= 0) {
                terminal.error(
                        "'%s' is not UTF-8 text; set the terminal to UTF-8, or rename the file".formatted(argument));
                return FAILED;
            }
        }
        CommandLine line = commands(terminal);
        return arguments.length == 0 ? line.execute("--help") : line.execute(arguments);
    }

    static CommandLine commands(Terminal terminal) {
        CommandLine line = new CommandLine(new Athanor(), new Commands(terminal));
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandGroups());
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(parsed -> {
                    if (answersInJson(parsed)) {
                        terminal.answerInJson();
                    }
                    return new RunLast().execute(parsed);
                })
                .setParameterExceptionHandler((e, given) -> complain(terminal, e))
                .setExecutionExceptionHandler((e, command, parsed) -> complain(terminal, e));
    }

    private static boolean answersInJson(ParseResult parsed) {
        ParseResult command = parsed;
        while (command.hasSubcommand()) {
            command = command.subcommand();
        }
        return command.hasMatchedOption(JsonOption.NAME);
    }

    private static int complain(Terminal terminal, Exception e) {
        if (e instanceof ParameterException wrong) {
            String name = wrong.getCommandLine().getCommandSpec().qualifiedName();
            terminal.error("%s; ./%s --help shows what is possible".formatted(firstLine(wrong), name));
        } else if (e instanceof StackProblem || e instanceof IllegalArgumentException) {
            terminal.error(firstLine(e));
        } else {
            terminal.error("%s: %s".formatted(e.getClass().getSimpleName(), firstLine(e)));
        }
        return FAILED;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no message");
    }
}
