package athanor.plan;

import athanor.contracts.Size;
import athanor.contracts.plan.PlanRequest;
import athanor.contracts.plan.PlanView;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.MemoryClass;
import athanor.plan.buckets.Placement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** From a card and pictures to the plan of a training. */
public final class Planner {

    /** Share of the pictures that should fill an area by themselves before it is worth proposing. */
    private static final double MOST = 0.8;
    /** Pixels kept on average below which a larger card is worth naming among the warnings. */
    private static final double MUCH_LOST = 0.5;

    private Planner() {}

    /**
     * @param family of the base that the request names
     * @param ofThisMachine bytes of memory, for {@code cpu}
     * @throws IllegalArgumentException for a value that makes no sense
     * @throws CannotPlanException where nothing fits
     */
    public static PlanView plan(PlanRequest request, BaseFamily family, long ofThisMachine) {
        Memory memory = Memory.parse(request.memory(), ofThisMachine);
        Recipe defaults = Recipe.defaults(family == BaseFamily.TINY ? "tiny" : family.name(), "person");
        Workload asked = workload(request, family, memory, defaults);
        boolean free = request.recompute() == null;
        List<String> warnings = new ArrayList<>();
        Choice choice = Choice.of(request.area(), asked, memory, free);
        if (choice.workload().recompute() && free) {
            warnings.add(
                    "activations are computed twice, so that it fits: set athanor.train.recompute=true on the worker; without it %s"
                            .formatted(LargestArea.of(asked, memory)
                                    .map(area -> "only " + area + " fits")
                                    .orElse("nothing fits")));
        }
        int steps = request.steps() == null ? defaults.training().steps() : request.steps();
        Optional<PlanView.NextCard> next = nextCard(asked, free, memory, choice, request.pictures());
        return view(choice, memory, steps, request.pictures(), next, warnings);
    }

    /**
     * What a training at this area would be, whether it fits or not.
     *
     * @throws CannotPlanException where no picture can be trained on
     */
    public static PlanView at(Size area, Workload workload, Memory memory, int steps, List<PlanRequest.Picture> given) {
        Choice choice = new Choice(workload, area);
        Optional<PlanView.NextCard> next = nextCard(workload, false, memory, choice, given);
        return view(choice, memory, steps, given, next, new ArrayList<>());
    }

    /**
     * What a place makes of one picture.
     *
     * @param cell pixels that one cell of the latent picture covers
     */
    public static PlanView.Picture place(PlanRequest.Picture picture, Placement placement, int cell) {
        return new PlacedPicture(picture, placement, cell).view();
    }

    private static PlanView view(
            Choice choice,
            Memory memory,
            int steps,
            List<PlanRequest.Picture> given,
            Optional<PlanView.NextCard> next,
            List<String> warnings) {
        Workload workload = choice.workload();
        Size area = choice.area();
        BaseFamily family = workload.family();
        PicturePlan pictures = PicturePlan.of(workload, area, given);
        if (pictures.usable().isEmpty()) {
            throw new CannotPlanException("no picture can be trained on; the first, %s: %s"
                    .formatted(
                            given.get(0).fileName(),
                            pictures.placed().get(0).placement().refusal()));
        }
        pictures.placed().forEach(picture -> picture.warn(warnings));
        warnings.addAll(pictures.headWarnings(family.cell()));
        Optional<Size> filled = areaThatIsFilled(family, given);
        warnAboutTheSet(choice, memory, pictures, filled, next, warnings);
        Optional<SpeedTable.Measured> speed = SpeedTable.of(workload, area, memory.processor());
        NeededMemory needed = NeededMemory.of(workload, area, memory.processor());
        OptionalDouble detail = pictures.detailKept();
        return new PlanView(
                area,
                pictures.buckets(),
                needed.bytes(),
                needed.assumed(),
                speed.map(measured -> steps * measured.secondsPerStep()).orElse(null),
                pictures.kept(),
                detail.isPresent() ? detail.getAsDouble() : null,
                warnings,
                pictures.view(),
                family.name(),
                memory.name(),
                memory.bytes(),
                workload.format().toString(),
                workload.batch(),
                workload.rank(),
                workload.prior(),
                workload.recompute(),
                steps,
                speed.map(measured ->
                                "measured: %s s a step on %s".formatted(measured.secondsPerStep(), measured.machine()))
                        .orElseGet(() -> notKnown(family, area, memory)),
                filled.orElse(null),
                next.orElse(null));
    }

    private static void warnAboutTheSet(
            Choice choice,
            Memory memory,
            PicturePlan pictures,
            Optional<Size> filled,
            Optional<PlanView.NextCard> next,
            List<String> warnings) {
        long smaller = pictures.smallerThanTheArea(choice.workload().family());
        if (smaller > (1 - MOST) * pictures.usable().size()) {
            warnings.add("%d of %d pictures are smaller than %s; they are not enlarged and train in smaller buckets%s"
                    .formatted(
                            smaller,
                            pictures.usable().size(),
                            pictures.area(),
                            filled.map(" (at least four of five fill %s)"::formatted)
                                    .orElse("")));
        }
        if (pictures.kept() < MUCH_LOST) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "of the pictures' pixels %.0f %% are trained on%s%s",
                    100 * pictures.kept(),
                    next.isPresent() ? "" : ", and no card trains larger",
                    LargestArea.of(choice.workload().withRecompute(true), memory)
                            .filter(more -> more.pixels() > choice.area().pixels())
                            .map("; with activations computed twice (slower) %s fits"::formatted)
                            .orElse("")));
        }
    }

    private static String notKnown(BaseFamily family, Size area, Memory memory) {
        return "not known: nobody timed a step of %s at %s on %s"
                .formatted(family, area, memory.processor() ? "a processor" : "a card");
    }

    private static Workload workload(PlanRequest request, BaseFamily family, Memory memory, Recipe defaults) {
        NumberFormat format = request.precision() != null
                ? NumberFormat.parse(request.precision())
                : memory.processor() ? NumberFormat.FLOAT32 : NumberFormat.BFLOAT16;
        Recipe.Network network = defaults.network();
        return new Workload(
                family,
                format,
                given(request.batch(), defaults.training().batchSize()),
                given(request.prior(), defaults.prior().mode()),
                given(request.rank(), network.rank()),
                given(request.targets(), network.targets()),
                given(request.textEncoder(), network.textEncoder()),
                given(
                                request.captionTagDropout(),
                                Recipe.orNone(defaults.training().captionTagDropout()))
                        > 0,
                given(request.gradientAccumulation(), defaults.training().gradientAccumulation()) > 1,
                given(request.recompute(), false));
    }

    private static <T> T given(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    private static Optional<PlanView.NextCard> nextCard(
            Workload asked, boolean free, Memory memory, Choice now, List<PlanRequest.Picture> pictures) {
        Workload onCard =
                memory.processor() && asked.format() == NumberFormat.FLOAT32 ? asked.in(NumberFormat.BFLOAT16) : asked;
        double kept = PicturePlan.of(now.workload(), now.area(), pictures).kept();
        return Arrays.stream(MemoryClass.values())
                .flatMap(memoryClass -> Memory.of(memoryClass).stream())
                .filter(card -> memory.processor() || card.bytes() > memory.bytes())
                .sorted(Comparator.comparingLong(Memory::bytes))
                .flatMap(card -> Choice.largest(onCard, card, free)
                        .filter(larger -> larger.area().pixels() > now.area().pixels())
                        .map(larger -> onCard(card, larger, kept, pictures))
                        .stream())
                .findFirst();
    }

    /** @param keptNow mean share of the pixels that is kept without it */
    private static PlanView.NextCard onCard(
            Memory card, Choice choice, double keptNow, List<PlanRequest.Picture> pictures) {
        double kept = PicturePlan.of(choice.workload(), choice.area(), pictures).kept();
        return new PlanView.NextCard(
                card.name(),
                choice.area(),
                kept,
                String.format(
                        Locale.ROOT,
                        "%s trains at %s and would keep %.0f %% of the pixels instead of %.0f %%",
                        card.spoken(),
                        choice.area(),
                        100 * kept,
                        100 * keptNow));
    }

    /** The largest area that at least four of five pictures fill. */
    private static Optional<Size> areaThatIsFilled(BaseFamily family, List<PlanRequest.Picture> pictures) {
        return family.areas().stream()
                .filter(area -> pictures.stream()
                                .filter(picture -> picture.size().pixels() >= area.pixels())
                                .count()
                        >= MOST * pictures.size())
                .reduce((smaller, larger) -> larger);
    }
}
