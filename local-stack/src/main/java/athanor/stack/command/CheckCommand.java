package athanor.stack.command;

import athanor.contracts.Size;
import athanor.contracts.picture.Framing;
import athanor.contracts.recipe.RecipeLimits;
import athanor.guards.Guards;
import athanor.guards.LoraFacts;
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

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * What the file tells, and what speaks against the use.
     *
     * @param base architecture; absent, as the trigger is, where the file does not say
     */
    private record Checked(
            @Nullable String base,
            @Nullable String trigger,
            List<Size> trainedSizes,
            Map<Framing, Integer> framings,
            List<String> warnings) {}

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
        List<String> warnings;
        try {
            facts = LoraFacts.read(file);
            warnings = Guards.checkUse(facts, prompt, size == null ? null : drawable(size), strength);
        } catch (IllegalArgumentException e) {
            throw new StackProblem(String.valueOf(e.getMessage()), e);
        }
        if (json.wanted()) {
            terminal.answer(new Checked(
                    facts.architecture().orElse(null),
                    facts.trigger().orElse(null),
                    facts.trainedSizes(),
                    new TreeMap<>(facts.framings()),
                    warnings));
            return warnings.isEmpty() ? 0 : 1;
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
        warnings.forEach(warning -> terminal.line("! " + warning));
        if (warnings.isEmpty() && (prompt != null || size != null || strength != null)) {
            terminal.line("nothing that the file tells speaks against it");
        }
        return warnings.isEmpty() ? 0 : 1;
    }

    private void tell(String what, String told) {
        terminal.line("%-9s %s".formatted(what, told.isEmpty() ? "the file does not say" : told));
    }
}
