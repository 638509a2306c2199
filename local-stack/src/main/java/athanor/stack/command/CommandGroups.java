package athanor.stack.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The commands under what one wants of them, in the order in which one comes to want it. */
final class CommandGroups implements IHelpSectionRenderer {

    private static final int NAME_WIDTH = 23;

    private static final Map<String, List<String>> GROUPS = groups();

    private static Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put("Start and stop", List.of("demo", "up", "down", "doctor", "logs"));
        groups.put("Before a training", List.of("look", "plan", "trigger"));
        groups.put(
                "Train",
                List.of(
                        "train",
                        "runs",
                        "run",
                        "losses",
                        "preparation",
                        "checkpoints",
                        "sample-now",
                        "pause",
                        "resume",
                        "stop",
                        "cancel"));
        groups.put("What came of it", List.of("loras", "download", "sample", "check", "rm"));
        groups.put("Without REST", List.of("produce", "topics"));
        groups.put("What the suite bears", List.of("bench-uploads", "load", "chaos"));
        groups.put("This launcher", List.of("generate-completion", "help"));
        return groups;
    }

    /** Names of all commands that stand in a group. */
    static List<String> names() {
        return GROUPS.values().stream().flatMap(List::stream).toList();
    }

    @Override
    public String render(Help help) {
        StringBuilder rendered = new StringBuilder();
        GROUPS.forEach((title, names) -> {
            TextTable table = TextTable.forColumns(
                    help.colorScheme(),
                    new Column(NAME_WIDTH, 2, Column.Overflow.SPAN),
                    new Column(width(help) - NAME_WIDTH, 2, Column.Overflow.WRAP));
            for (String name : names) {
                Help command = help.subcommands().get(name);
                if (command != null) {
                    table.addRowValues(
                            Ansi.OFF.text(name),
                            Ansi.OFF.text(summary(command.commandSpec().usageMessage())));
                }
            }
            rendered.append("%n%s%n%s".formatted(title, table));
        });
        return rendered.toString();
    }

    private static int width(Help help) {
        return help.commandSpec().usageMessage().width();
    }

    private static String summary(UsageMessageSpec usage) {
        return String.join(" ", usage.description());
    }
}
