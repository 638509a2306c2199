package athanor.stack.command;

import athanor.contracts.Size;
import athanor.contracts.guard.GuardAnswer;
import athanor.contracts.guard.GuardMode;
import athanor.contracts.picture.Framing;
import athanor.contracts.recipe.RecipeLimits;
import athanor.guards.BaseKind;
import athanor.guards.Guarded;
import athanor.guards.Guards;
import athanor.guards.LoraFacts;
import athanor.guards.TwoPasses;
import athanor.guards.Wish;
import athanor.stack.infra.StackProblem;
import athanor.stack.terminal.Terminal;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description =
                "Says what a LoRA file tells of its training, and whether it can do what is asked of it. Works on any"
                        + " LoRA, as far as its metadata go. Needs no running stack. Exit code 1 when something speaks"
                        + " against it.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private JsonOption json = new JsonOption();

    @Parameters(paramLabel = "LORA.safetensors", description = "The file.")
    private Path file = Path.of("");

    @Option(names = "--prompt", paramLabel = "TEXT", description = "What shall be drawn with it.")
    private @Nullable String prompt;

    @Option(names = "--size", paramLabel = "WxH", description = "How large, for example 832x1216.")
    private @Nullable String size;

    @Option(names = "--strength", paramLabel = "N", description = "How much the LoRA shall count; 1 is as trained.")
    private @Nullable Double strength;

    @Option(
            names = "--guards",
            paramLabel = "MODE",
            defaultValue = "WARN",
            description =
                    "What is done about it: off, warn (default), rewrite (says what would be drawn instead), block.")
    private GuardMode mode = GuardMode.WARN;

    @Option(names = "--two-passes", description = "A larger picture is drawn at a trained size, enlarged and refined.")
    private boolean twoPasses;

    @Option(
            names = "--family",
            paramLabel = "SD1|SD2|SDXL",
            description = "The kind of base that it shall be drawn with.")
    private @Nullable BaseKind base;

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * What the file tells, and what speaks against the use.
     *
     * @param warnings the guards' answers as sentences
     * @param prompt as it was rewritten
     * @param twoPasses whether the size is one that is drawn small, enlarged and refined
     * @param base architecture; absent, as the trigger is, where the file does not say
     */
    private record Checked(
            @Nullable String base,
            @Nullable String trigger,
            List<Size> trainedSizes,
            Map<Framing, Integer> framings,
            List<String> warnings,
            List<GuardAnswer> guards,
            @Nullable String prompt,
            boolean twoPasses) {}

    private static Size drawable(String text) {
        Size size = Size.parse(text);
        RecipeLimits.checkThatItIsDrawn(size, "--size");
        return size;
    }

    @Override
    public Integer call() {
        if (strength != null && !Double.isFinite(strength)) {
            throw new StackProblem("--strength wants a number such as 0.8, got %s".formatted(strength));
        }
        LoraFacts facts;
        Guarded guarded;
        try {
            facts = LoraFacts.read(file);
            guarded = Guards.check(
                    mode,
                    new Wish(
                            prompt,
                            size == null ? null : drawable(size),
                            twoPasses,
                            base,
                            List.of(new Wish.Used(facts, strength))));
        } catch (IllegalArgumentException e) {
            throw new StackProblem(String.valueOf(e.getMessage()), e);
        }
        if (json.wanted()) {
            terminal.answer(new Checked(
                    facts.architecture().orElse(null),
                    facts.trigger().orElse(null),
                    facts.trainedSizes(),
                    new TreeMap<>(facts.framings()),
                    guarded.sentences(),
                    guarded.answers(),
                    guarded.wish().prompt(),
                    guarded.wish().twoPasses()));
            return guarded.answers().isEmpty() ? 0 : 1;
        }
        tell("base", facts.architecture().orElse(""));
        tell("trigger", facts.trigger().orElse(""));
        tell("sizes", facts.trainedSizes().stream().map(Size::toString).collect(Collectors.joining(", ")));
        tell(
                "framings",
                facts.framings().entrySet().stream()
                        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                        .map(framing -> framing.getKey().words() + " " + framing.getValue())
                        .collect(Collectors.joining(", ")));
        guarded.sentences().forEach(warning -> terminal.line("! " + warning));
        tellWhatWasRewritten(guarded);
        if (guarded.answers().isEmpty() && (prompt != null || size != null || strength != null)) {
            terminal.line("nothing that the file tells speaks against it");
        }
        return guarded.answers().isEmpty() ? 0 : 1;
    }

    private void tellWhatWasRewritten(Guarded guarded) {
        String rewritten = guarded.wish().prompt();
        if (rewritten != null && !rewritten.equals(prompt)) {
            tell("prompt", rewritten);
        }
        if (size != null
                && guarded.wish().twoPasses()
                && !facts(guarded).trainedSizes().isEmpty()) {
            Size wanted = Size.parse(size);
            tell(
                    "passes",
                    "%s, then %s"
                            .formatted(TwoPasses.first(wanted, facts(guarded).trainedSizes()), wanted));
        }
    }

    private static LoraFacts facts(Guarded guarded) {
        return guarded.wish().loras().get(0).facts();
    }

    private void tell(String what, String told) {
        terminal.line("%-9s %s".formatted(what, told.isEmpty() ? "the file does not say" : told));
    }
}
