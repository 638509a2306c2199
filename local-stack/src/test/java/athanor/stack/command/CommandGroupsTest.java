package athanor.stack.command;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.stack.terminal.Terminal;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandGroupsTest {

    @Test
    void everyCommandStandsInOneGroupAndItsWholeSentenceInTheHelp() {
        CommandLine line = Athanor.commands(Terminal.ofThisProcess());

        assertThat(CommandGroups.names())
                .containsExactlyInAnyOrderElementsOf(line.getSubcommands().values().stream()
                        .filter(command ->
                                !command.getCommandSpec().usageMessage().hidden())
                        .map(CommandLine::getCommandName)
                        .distinct()
                        .toList());
        assertThat(line.getUsageMessage().replaceAll("\\s+", " "))
                .contains("Train train ")
                .contains("whether every run came to its end, once, with the LoRA of the unbroken run.");
    }
}
