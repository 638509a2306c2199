package athanor.stack.command;

import athanor.appraisal.Appraisal;
import athanor.appraisal.Expected;
import athanor.appraisal.Judged;
import athanor.contracts.Size;
import athanor.contracts.plan.PlanRequest;
import athanor.contracts.plan.PlanView;
import athanor.contracts.recipe.PriorMode;
import athanor.plan.BaseFamily;
import athanor.plan.BaseShape;
import athanor.plan.CannotPlanException;
import athanor.plan.Memory;
import athanor.plan.Planner;
import athanor.stack.client.PhotographFolder;
import athanor.stack.infra.StackProblem;
import athanor.stack.look.LookAtFolder;
import athanor.stack.look.PlanPage;
import athanor.stack.terminal.ProgressBar;
import athanor.stack.terminal.Terminal;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "plan",
        description =
                "Says at which size a card trains on a folder of photographs, what that keeps of them, and what a larger"
                        + " card would keep. Needs no running stack and spends nothing.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private BaseModelsOption baseModels = new BaseModelsOption();

    @Parameters(paramLabel = "FOLDER", description = "The photographs.")
    private Path folder = Path.of("");

    @ArgGroup(multiplicity = "1")
    private Base base = new Base();

    /** One of the two. */
    private static final class Base {

        @Option(
                names = "--base",
                paramLabel = "NAME|FOLDER|FILE",
                description = "Base model: a diffusers folder, a .safetensors checkpoint, or the name of one.")
        private @Nullable String name;

        @Option(names = "--family", paramLabel = "SD1|SD2|SDXL", description = "Any base of this family.")
        private @Nullable String family;
    }

    @Option(
            names = "--memory",
            required = true,
            paramLabel = "MEMORY",
            description =
                    "Of the card: g8, g12, g16, g24, g48, g80, or an amount such as 8GiB. Without a card: cpu, or cpu:16GiB.")
    private String memory = "";

    @Option(names = "--batch", paramLabel = "N", description = "Instance pictures a step.")
    private @Nullable Integer batch;

    @Option(names = "--rank", paramLabel = "N", description = "Of the LoRA.")
    private @Nullable Integer rank;

    @Option(names = "--prior", paramLabel = "MODE", description = "${COMPLETION-CANDIDATES}")
    private @Nullable PriorMode prior;

    @Option(
            names = "--caption-tag-dropout",
            paramLabel = "SHARE",
            description = "Of a caption's parts that are left out: more than 0 keeps the text encoders in memory.")
    private @Nullable Double captionTagDropout;

    @Option(names = "--gradient-accumulation", paramLabel = "N", description = "Batches summed into one step.")
    private @Nullable Integer gradientAccumulation;

    @Option(names = "--precision", paramLabel = "TYPE", description = "float32, bfloat16 or float16.")
    private @Nullable String precision;

    @Option(
            names = "--recompute",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description =
                    "Activations are computed twice instead of being kept (default: where the usual area needs it).")
    private @Nullable Boolean recompute;

    @Option(names = "--steps", paramLabel = "N", description = "Steps of the training.")
    private @Nullable Integer steps;

    @Option(names = "--area", paramLabel = "WxH", description = "Train at this area (default: the largest that fits).")
    private @Nullable String area;

    @Mixin
    private JsonOption json = new JsonOption();

    PlanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        BaseFamily family = family();
        Memory.parse(memory, bytesOfThisMachine()); // before the photographs are looked at, which takes its time
        Size wanted = area == null ? null : Size.parse(area);
        List<String> unread = new ArrayList<>();
        List<PlanRequest.Picture> pictures = pictures(family, unread);
        PlanRequest request = new PlanRequest(
                null,
                family.name(),
                memory,
                precision,
                batch,
                rank,
                prior,
                null,
                null,
                captionTagDropout,
                gradientAccumulation,
                recompute,
                steps,
                wanted,
                pictures);
        try {
            tell(Planner.plan(request, family, bytesOfThisMachine()), unread);
        } catch (CannotPlanException e) {
            throw new StackProblem(String.valueOf(e.getMessage()), e);
        }
        return 0;
    }

    private BaseFamily family() {
        if (base.family != null) {
            return BaseFamily.parse(base.family);
        }
        String name = String.valueOf(base.name);
        BaseArgument given = BaseArgument.of(name);
        if (!given.folders().isEmpty()) {
            return BaseShape.read(Path.of(given.baseModel()));
        }
        return baseModels.folders(StackOptions.home()).stream()
                .flatMap(models -> Stream.of(models.resolve(name), models.resolve(name + ".safetensors")))
                .filter(Files::exists)
                .findFirst()
                .map(BaseShape::read)
                .orElseThrow(() -> new StackProblem(
                        "no folder of base models holds '%s'; name its path, or --family SD1, SD2 or SDXL"
                                .formatted(name)));
    }

    private List<PlanRequest.Picture> pictures(BaseFamily family, List<String> unread) {
        PhotographFolder given = PhotographFolder.read(folder);
        unread.addAll(given.passedOver());
        int all = given.photographs().size();
        LookAtFolder look = new LookAtFolder(
                Expected.of(family.usualArea(), "person"),
                done -> terminal.status(
                        "Looking", "  Looking     %s  %d of %d".formatted(ProgressBar.of(done, all), done, all)));
        List<PlanRequest.Picture> pictures = new ArrayList<>();
        for (Judged judged : look.at(given.photographs())) {
            if (judged.appraisal() instanceof Appraisal.Usable usable) {
                pictures.add(PlanRequest.Picture.of(judged.fileName(), usable.size(), usable.look()));
            } else if (judged.appraisal() instanceof Appraisal.Refused refused) {
                unread.add("%s: %s".formatted(judged.fileName(), refused.reason()));
            }
        }
        if (pictures.isEmpty()) {
            throw new StackProblem("no picture in %s can be used; %s".formatted(folder, unread.get(0)));
        }
        return pictures;
    }

    private static long bytesOfThisMachine() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    private void tell(PlanView plan, List<String> unread) {
        unread.forEach(sentence -> terminal.line("not used: %s".formatted(sentence)));
        if (json.wanted()) {
            terminal.answer(plan);
            return;
        }
        PlanPage.lines(plan).forEach(terminal::line);
    }
}
