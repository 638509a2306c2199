package athanor.plan;

import athanor.contracts.Size;
import athanor.contracts.plan.PlanRequest;
import athanor.contracts.plan.PlanView;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.MemoryClass;
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
        Workload workload = workload(request, family, memory, defaults);
        List<String> warnings = new ArrayList<>();
        if (request.recompute() == null && worthRecomputing(request.area(), workload, memory)) {
            warnings.add(
                    "activations are computed twice, so that it fits: set athanor.train.recompute=true on the worker; without it %s"
                            .formatted(LargestArea.of(workload, memory)
                                    .map(area -> "only " + area + " fits")
                                    .orElse("nothing fits")));
            workload = workload.withRecompute(true);
        }
        int steps = request.steps() == null ? defaults.training().steps() : request.steps();
        return at(area(request.area(), workload, memory), workload, memory, steps, request.pictures(), warnings);
    }

    /**
     * What a training at this area would be, whether it fits or not.
     *
     * @throws CannotPlanException where no picture can be trained on
     */
    public static PlanView at(Size area, Workload workload, Memory memory, int steps, List<PlanRequest.Picture> given) {
        return at(area, workload, memory, steps, given, new ArrayList<>());
    }

    private static PlanView at(
            Size area,
            Workload workload,
            Memory memory,
            int steps,
            List<PlanRequest.Picture> given,
            List<String> warnings) {
        BaseFamily family = workload.family();
        PicturePlan pictures = PicturePlan.of(family, area, given);
        if (pictures.usable().isEmpty()) {
            throw new CannotPlanException("no picture can be trained on; the first, %s: %s"
                    .formatted(
                            given.get(0).fileName(),
                            pictures.placed().get(0).placement().refusal()));
        }
        Optional<PlanView.NextCard> next = nextCard(workload, memory, area, pictures, given);
        pictures.placed().forEach(picture -> picture.warn(warnings));
        Optional<Size> filled = areaThatIsFilled(family, given);
        warnAboutTheSet(family, pictures, filled, next, warnings);
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
            BaseFamily family,
            PicturePlan pictures,
            Optional<Size> filled,
            Optional<PlanView.NextCard> next,
            List<String> warnings) {
        long smaller = pictures.smallerThanTheArea(family);
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
                    "of the pictures' pixels %.0f %% are trained on%s",
                    100 * pictures.kept(),
                    next.isPresent() ? "" : ", and no card trains larger"));
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
                given(request.recompute(), false));
    }

    private static <T> T given(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    /** Where what is wanted, or else the usual area of the family, does not fit without, and more does with it. */
    private static boolean worthRecomputing(@Nullable Size wanted, Workload workload, Memory memory) {
        if (wanted != null) {
            return !NeededMemory.fits(workload, wanted, memory)
                    && NeededMemory.fits(workload.withRecompute(true), wanted, memory);
        }
        long without = LargestArea.of(workload, memory).map(Size::pixels).orElse(0L);
        long with = LargestArea.of(workload.withRecompute(true), memory)
                .map(Size::pixels)
                .orElse(0L);
        return without < workload.family().usualArea().pixels() && with > without;
    }

    private static Size area(@Nullable Size wanted, Workload workload, Memory memory) {
        Optional<Size> largest = LargestArea.of(workload, memory);
        if (wanted != null && NeededMemory.fits(workload, wanted, memory)) {
            return wanted;
        }
        if (wanted != null) {
            throw new CannotPlanException(Fit.refusal(workload, wanted, memory));
        }
        return largest.orElseThrow(() -> new CannotPlanException(
                Fit.refusal(workload, workload.family().areas().get(0), memory)));
    }

    private static Optional<PlanView.NextCard> nextCard(
            Workload workload, Memory memory, Size area, PicturePlan now, List<PlanRequest.Picture> pictures) {
        Workload onCard = memory.processor() && workload.format() == NumberFormat.FLOAT32
                ? workload.in(NumberFormat.BFLOAT16)
                : workload;
        return Arrays.stream(MemoryClass.values())
                .flatMap(memoryClass -> Memory.of(memoryClass).stream())
                .filter(card -> memory.processor() || card.bytes() > memory.bytes())
                .sorted(Comparator.comparingLong(Memory::bytes))
                .flatMap(card -> LargestArea.of(onCard, card)
                        .filter(larger -> larger.pixels() > area.pixels())
                        .map(larger -> onCard(card, larger, workload.family(), now, pictures))
                        .stream())
                .findFirst();
    }

    private static PlanView.NextCard onCard(
            Memory card, Size area, BaseFamily family, PicturePlan now, List<PlanRequest.Picture> pictures) {
        double kept = PicturePlan.of(family, area, pictures).kept();
        return new PlanView.NextCard(
                card.name(),
                area,
                kept,
                String.format(
                        Locale.ROOT,
                        "%s trains at %s and would keep %.0f %% of the pixels instead of %.0f %%",
                        card.spoken(),
                        area,
                        100 * kept,
                        100 * now.kept()));
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
