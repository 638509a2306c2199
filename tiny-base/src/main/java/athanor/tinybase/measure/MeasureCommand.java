package athanor.tinybase.measure;

import athanor.tinybase.world.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes the measures and writes docs/quality.md, or, with {@code --short}, only says whether the bounds hold. */
@Command(
        name = "measure",
        mixinStandardHelpOptions = true,
        description = "Measures what a LoRA does to the base, on drawings where the truth is known.")
public final class MeasureCommand implements Callable<Integer> {

    /** In the order of the page: first what the numbers rest on. */
    private static final List<Measure> ALL = List.of(
            new JudgeMeasure(),
            new AdherenceMeasure(),
            new SubjectMeasure(),
            new ClassDriftMeasure(),
            new PartInWholeMeasure(),
            new FramingMeasure(),
            new StretchingMeasure(),
            new ResolutionMeasure(),
            new ProofMeasure(),
            new OptimiserMeasure(),
            new PresetMeasure());

    @Option(names = "--short", description = "Small trainings, one line a check, exit code 1 when a bound fails.")
    private boolean brief;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description =
                    "judge, adherence, subject, class-drift, part-in-whole, framing, stretching, resolution, proof,"
                            + " optimisers, presets.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--subjects", split = ",", description = "MOSS, AZURE, CORAL, ONYX (default: the first three).")
    private List<Subject> subjects = new ArrayList<>();

    @Option(names = "--steps", description = "Steps of each training (default: 300).")
    private int steps;

    @Option(names = "--pictures", description = "Pictures for each question to a LoRA (default: 16).")
    private int pictures;

    @Option(names = "--captions", description = "Captions that the base is asked for (default: 256).")
    private int captions;

    @Option(
            names = "--base",
            paramLabel = "FOLDER",
            defaultValue = "tiny-base/models/tiny",
            description = "Default: ${DEFAULT-VALUE}.")
    private Path base = Path.of("tiny-base/models/tiny");

    @Option(
            names = "--docs",
            paramLabel = "FOLDER",
            defaultValue = "docs",
            description = "Where quality.md and pictures/ lie (default: ${DEFAULT-VALUE}).")
    private Path docs = Path.of("docs");

    @Option(
            names = "--loras",
            paramLabel = "FOLDER",
            description =
                    "Where the LoRAs of the measure 'proof' are kept; those that lie there are not trained again.")
    private @Nullable Path loras;

    @Override
    public Integer call() throws IOException {
        List<Measure> chosen = ALL.stream()
                .filter(measure -> only.isEmpty() || only.contains(measure.name()))
                .toList();
        if (chosen.isEmpty()) {
            System.err.println("No measure is called " + String.join(", ", only) + "; see --help.");
            return 2;
        }
        List<Check> checks = new ArrayList<>();
        try (EvaluationHarness harness =
                EvaluationHarness.open(base, loras, brief ? line -> {} : System.out::println)) {
            for (Measure measure : chosen) {
                checks.addAll(take(measure, harness));
            }
        }
        return checks.stream().allMatch(Check::holds) ? 0 : 1;
    }

    private Effort effort() {
        if (brief) {
            return Effort.SHORT;
        }
        return new Effort(
                subjects.isEmpty() ? Effort.FULL.subjects() : List.copyOf(subjects),
                Effort.FULL.seeds(),
                steps > 0 ? steps : Effort.FULL.steps(),
                steps > 0 ? steps : Effort.FULL.ordinarySteps(),
                pictures > 0 ? pictures : Effort.FULL.pictures(),
                captions > 0 ? captions : Effort.FULL.captions());
    }

    /** The options that make this result again. */
    private String options() {
        StringBuilder options = new StringBuilder();
        if (!subjects.isEmpty()) {
            options.append(" --subjects ")
                    .append(subjects.stream().map(Subject::name).collect(Collectors.joining(",")));
        }
        append(options, "--steps", steps);
        append(options, "--pictures", pictures);
        append(options, "--captions", captions);
        return options.toString();
    }

    private static void append(StringBuilder options, String name, int value) {
        if (value > 0) {
            options.append(' ').append(name).append(' ').append(value);
        }
    }

    private List<Check> take(Measure measure, EvaluationHarness harness) throws IOException {
        Result result = measure.run(harness, effort());
        if (!brief) {
            new QualityReport(docs, options()).write(measure, result);
            System.out.println(result.title() + ": " + result.verdict());
        }
        result.checks().forEach(System.out::println);
        return result.checks();
    }
}
