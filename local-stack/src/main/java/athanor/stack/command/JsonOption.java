package athanor.stack.command;

import athanor.stack.infra.StackProblem;
import athanor.stack.run.Outcome;
import athanor.stack.terminal.Terminal;
import picocli.CommandLine.Option;

/** The answer of a command as a program reads it. {@link Athanor} keeps the standard output free for it. */
final class JsonOption {

    static final String NAME = "--json";

    @Option(
            names = NAME,
            description = "Prints what came of it as JSON on the standard output; all else goes to the standard error.")
    private boolean wanted;

    boolean wanted() {
        return wanted;
    }

    /** Of a run that is over: to a person its files, and to both the reason should it not have finished. */
    Integer answer(Terminal terminal, Outcome outcome) {
        outcome.files().forEach((what, file) -> terminal.line("%-14s %s".formatted(what, file)));
        if (wanted) {
            terminal.answer(outcome.answer());
        }
        outcome.problem().ifPresent(sentence -> {
            throw new StackProblem(sentence);
        });
        return 0;
    }

    /** One or the other: what a program reads, or what a person reads. */
    void answer(Terminal terminal, Object value, String sentence) {
        if (wanted) {
            terminal.answer(value);
        } else {
            terminal.line(sentence);
        }
    }
}
