package athanor.stack.command;

import athanor.contracts.Size;
import athanor.contracts.events.Sample;
import athanor.contracts.guard.GuardMode;
import athanor.contracts.recipe.SamplerName;
import athanor.contracts.rest.SampleRequest;
import athanor.contracts.rest.SampleRequest.WishedLora;
import athanor.contracts.rest.SampleResponse;
import athanor.stack.client.SamplesClient;
import athanor.stack.infra.StackProblem;
import athanor.stack.run.Results;
import athanor.stack.terminal.Terminal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sample",
        description = "Renders pictures with the LoRAs of runs. The prompt may name them, <lora:anna:0.8>, weigh"
                + " words, (smile:1.2), and begin a new part by BREAK. Guards say where a LoRA is asked for what"
                + " it was not shown.",
        mixinStandardHelpOptions = true)
final class SampleCommand implements Callable<Integer> {

    private static final Pattern LORA =
            Pattern.compile("(?<run>[^@:]+)(@(?<step>\\d{1,9}))?(:(?<strength>[+-]?(\\d+\\.?\\d*|\\.\\d+)))?");

    private final Terminal terminal;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Parameters(paramLabel = "PROMPT", description = "What to draw.")
    private String prompt = "";

    @Option(
            names = "--base",
            paramLabel = "NAME|FOLDER|FILE",
            defaultValue = "tiny",
            description = "Base model that the stack knows (default: tiny).")
    private String base = "";

    @Option(
            names = "--lora",
            paramLabel = "RUN[@STEP][:STRENGTH]",
            description =
                    "A run whose LoRA is applied, as it was after STEP steps or as it was published, at strength 1"
                            + " unless told; may be repeated.")
    private List<String> loras = new ArrayList<>();

    @Option(names = "--negative", paramLabel = "PROMPT", description = "What the pictures shall not show.")
    private @Nullable String negative;

    @Option(names = "--count", defaultValue = "4", description = "Pictures (default: 4).")
    private int count;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Seed of the first picture; -1 takes a random one (default: 1).")
    private long seed;

    @Option(names = "--steps", description = "Sampler steps.")
    private @Nullable Integer steps;

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            converter = SamplerOption.class,
            description = "DDIM, Euler, Euler a, DPM++ 2M or DPM++ 2M Karras (default: what suits the base).")
    private @Nullable SamplerName sampler;

    @Option(
            names = "--guards",
            paramLabel = "MODE",
            description =
                    "Where a LoRA is asked for what it was not shown: off, warn (default), rewrite (draws what it was"
                            + " shown), block.")
    private @Nullable GuardMode guards;

    @Option(
            names = "--two-passes",
            description = "Draws at a size that the LoRA was trained at, enlarges, and refines.")
    private @Nullable Boolean twoPasses;

    @Option(
            names = "--refine",
            paramLabel = "N",
            description = "How much the second pass draws anew, more than 0 and at most 1 (default: 0.35).")
    private @Nullable Double refine;

    @Option(names = "--guidance", description = "Classifier-free guidance scale.")
    private @Nullable Double guidance;

    @Option(names = "--size", paramLabel = "WxH", description = "Pixels (default: what the LoRA was trained at).")
    private @Nullable String size;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = ".", description = "Where the pictures go.")
    private Path out = Path.of("");

    SampleCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** A picture and all that is needed to draw it again. */
    private record Drawn(String file, String prompt, long seed, Size size, List<String> warnings) {}

    @Override
    public Integer call() {
        SampleRequest request = request();
        Results results = Results.in(out);
        SamplesClient samples = new SamplesClient(options.stack().sample());
        terminal.status("sample", count == 1 ? "rendering a picture" : "rendering %d pictures".formatted(count));
        if (loras.isEmpty()) {
            terminal.line("note: drawn by the base %s alone; --lora RUN adds the LoRA of a run".formatted(base));
        }
        SampleResponse answer = samples.render(request);
        answer.warnings().forEach(warning -> terminal.line("note: %s".formatted(warning)));
        List<Drawn> drawn = new ArrayList<>();
        for (Sample sample : answer.samples()) {
            Path file = results.newFile("sample-%d".formatted(sample.seed()), ".png");
            results.write(file, samples.picture(sample.picture().key()));
            terminal.line(file.toString());
            drawn.add(new Drawn(file.toString(), sample.prompt(), sample.seed(), sample.size(), sample.warnings()));
        }
        if (json.wanted()) {
            terminal.answer(drawn);
        }
        return 0;
    }

    private SampleRequest request() {
        return new SampleRequest(
                BaseArgument.of(base).baseModel(),
                loras.stream().map(SampleCommand::lora).toList(),
                prompt,
                negative,
                seed,
                count,
                steps,
                guidance,
                sampler,
                size == null ? null : Size.parse(size),
                guards,
                twoPasses,
                refine);
    }

    private static WishedLora lora(String given) {
        Matcher parts = LORA.matcher(given);
        if (!parts.matches()) {
            throw new StackProblem(
                    "'%s' names no LoRA; write a run, and what is wanted of it, for example --lora anna-5xq2c1@200:0.8"
                            .formatted(given));
        }
        return new WishedLora(
                parts.group("run"),
                null,
                parts.group("strength") == null ? 1 : Double.parseDouble(parts.group("strength")),
                parts.group("step") == null ? null : Integer.valueOf(parts.group("step")));
    }
}
