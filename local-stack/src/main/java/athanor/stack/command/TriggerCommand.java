package athanor.stack.command;

import athanor.contracts.rest.TriggerView;
import athanor.stack.client.PreprocessClient;
import athanor.stack.terminal.Terminal;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "trigger",
        description =
                "Scores a word that is to call the subject: how many tokens the base reads it as, and whether it has a meaning"
                        + " for it already; and proposes rare tokens. Asks the running stack.",
        mixinStandardHelpOptions = true)
final class TriggerCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Parameters(
            paramLabel = "WORD",
            arity = "0..1",
            defaultValue = "sks",
            description = "The word (default: ${DEFAULT-VALUE}, that of a recipe that names none).")
    private String word = "";

    @Option(
            names = "--base",
            paramLabel = "NAME|FOLDER|FILE",
            defaultValue = "tiny",
            description = "Base model (default: ${DEFAULT-VALUE}).")
    private String base = "";

    @Option(
            names = "--class-noun",
            paramLabel = "NOUN",
            defaultValue = "person",
            description = "What the subject is one of (default: ${DEFAULT-VALUE}).")
    private String classNoun = "";

    @Mixin
    private JsonOption json = new JsonOption();

    TriggerCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        TriggerView view = new PreprocessClient(options.stack().preprocess())
                .trigger(word, BaseArgument.of(base).baseModel(), classNoun);
        if (json.wanted()) {
            terminal.answer(view);
            return 0;
        }
        terminal.line("%s: %s".formatted(view.verdict().name().toLowerCase(Locale.ROOT), view.reason()));
        terminal.line("tokens    %d of the %d that a caption may have".formatted(view.tokens(), view.room()));
        terminal.line("others    " + String.join(", ", view.proposals()));
        return 0;
    }
}
