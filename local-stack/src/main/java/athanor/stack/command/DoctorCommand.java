package athanor.stack.command;

import athanor.stack.doctor.Examination;
import athanor.stack.doctor.Finding;
import athanor.stack.doctor.Finding.Grade;
import athanor.stack.terminal.Terminal;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "doctor",
        description = "Looks at Java, cores, memory, GPU, allocator, disk, ports and base models, and says what to do.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private JsonOption json = new JsonOption();

    @Mixin
    private StackOptions options = new StackOptions();

    DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        List<Finding> findings =
                new Examination(options.data(), options.ports(), options.baseModelFolders()).findings();
        if (json.wanted()) {
            terminal.answer(findings);
        } else {
            findings.forEach(this::tell);
        }
        return findings.stream().anyMatch(finding -> finding.grade() == Grade.BLOCKING) ? 1 : 0;
    }

    private void tell(Finding finding) {
        terminal.line("%-4s %-11s %s".formatted(mark(finding.grade()), finding.subject(), finding.found()));
        if (!finding.remedy().isEmpty()) {
            terminal.line("                 %s".formatted(finding.remedy()));
        }
    }

    private static String mark(Grade grade) {
        return switch (grade) {
            case GOOD -> "ok";
            case MEAGRE -> "note";
            case BLOCKING -> "STOP";
        };
    }
}
