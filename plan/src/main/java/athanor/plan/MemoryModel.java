package athanor.plan;

import athanor.contracts.Size;
import athanor.contracts.recipe.Targets;
import athanor.plan.MemoryTable.Line;
import athanor.plan.MemoryTable.Phase;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Bytes that a training takes at its worst moment.
 *
 * <pre>
 *   captions        weights and text encoders + 12 P          P: parameters of the LoRA, three vectors of float32
 *   between steps   weights + 12 P
 *   gradient adds   a P + rows (b + pixels (c + d rank))      rows: pictures that go through the network together
 *   AdamW adds      o P                                       when the gradient's own numbers are gone again
 *   encoding        e + f pixels                              one picture through the autoencoder, before the training
 * </pre>
 *
 * The larger of gradient and AdamW is a step's. Gradients that are summed over several passes are one vector more. The attention is fused, so nothing grows with the square of the pixels. Weights and P are read from the table; the letters are fitted
 * to it, for each family and for activations that are kept or computed twice. What the text encoders add (a number a row) and other
 * target layers (a number a row and pixel) are means of what is counted beyond that. In another number format than the
 * counted one, b, c and d are as many numbers of another length.
 */
public final class MemoryModel {

    private static final int VECTORS = 3;
    private static final int FLOAT32_BYTES = 4;
    /** A line with so many times what AdamW adds is one of the gradient. */
    private static final double MORE = 1.01;

    private static final Targets USUAL = Targets.ATTENTION_AND_FEED_FORWARD;

    private final Map<BaseFamily, Weights> weights = new EnumMap<>(BaseFamily.class);
    private final Map<BaseFamily, Step> kept = new EnumMap<>(BaseFamily.class);
    private final Map<BaseFamily, Step> recomputed = new EnumMap<>(BaseFamily.class);
    private final double[] encoding;

    private static final class Standard {
        private static final MemoryModel MODEL = new MemoryModel(MemoryTable.read(), any -> true);
    }

    /** Fitted to the whole table. */
    public static MemoryModel standard() {
        return Standard.MODEL;
    }

    /** @param fitted the lines that it is fitted to, so that a test may look at the others */
    MemoryModel(MemoryTable table, Predicate<Line> fitted) {
        for (BaseFamily family : BaseFamily.values()) {
            List<Line> lines = table.lines().stream()
                    .filter(line -> line.phase() == Phase.STEP && line.family() == family)
                    .toList();
            weights.put(family, new Weights(lines));
            List<Line> used = lines.stream().filter(fitted).toList();
            kept.put(family, Step.fit(family, used, false));
            recomputed.put(family, Step.fit(family, used, true));
        }
        this.encoding = encoding(table);
    }

    /**
     * A time of a training at which it may take the most.
     *
     * @param standing bytes that lie there for long: weights, LoRA, moments
     * @param passing bytes that come and go
     */
    record Moment(double standing, double passing) {

        double bytes() {
            return standing + passing;
        }
    }

    /** The largest picture is encoded, then the captions, then the steps begin. */
    List<Moment> moments(Workload workload, Size area) {
        Moment captions = captions(workload);
        Moment step = step(workload, area);
        // The published bases share one autoencoder; that of the tiny base is tiny and was not counted.
        return workload.family() == BaseFamily.TINY
                ? List.of(captions, step)
                : List.of(new Moment(0, encoding[0] + encoding[1] * area.pixels()), captions, step);
    }

    private Moment captions(Workload workload) {
        Weights loaded = entry(weights, workload.family());
        return new Moment(
                loaded.withTextEncoders(workload.textEncoder())
                                * workload.format().bytes()
                        + VECTORS * FLOAT32_BYTES * loaded.parameters(workload),
                0);
    }

    Moment step(Workload workload, Size area) {
        Weights loaded = entry(weights, workload.family());
        Map<BaseFamily, Step> steps = workload.recompute() ? recomputed : kept;
        double parameters = loaded.parameters(workload);
        double numbers = workload.textEncodersStay()
                ? loaded.withTextEncoders(workload.textEncoder())
                : loaded.numbers(workload.textEncoder());
        int vectors = workload.accumulates() ? VECTORS + 1 : VECTORS;
        return new Moment(
                numbers * workload.format().bytes() + vectors * FLOAT32_BYTES * parameters,
                entry(steps, workload.family()).added(workload, parameters, area.pixels()));
    }

    /** These maps have an entry for every constant. */
    private static <K, V> V entry(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key));
    }

    private static double[] encoding(MemoryTable table) {
        List<double[]> columns = new ArrayList<>();
        List<Double> bytes = new ArrayList<>();
        for (Line line : table.lines()) {
            if (line.phase() == Phase.ENCODE) {
                columns.add(new double[] {1, line.size().pixels()});
                bytes.add((double) line.bytes());
            }
        }
        return LeastSquares.fit(columns, bytes);
    }

    /** The format in which a family was counted at every size. */
    private static NumberFormat counted(BaseFamily family) {
        return family == BaseFamily.TINY ? NumberFormat.FLOAT32 : NumberFormat.BFLOAT16;
    }

    /** What stands between two steps. */
    private record Weights(List<Line> lines) {

        /** Numbers of the networks that stay in memory. */
        double numbers(boolean textEncoder) {
            return numbers(textEncoder, Line::standing);
        }

        /** Numbers of all networks, before frozen text encoders are given back. */
        double withTextEncoders(boolean textEncoder) {
            return numbers(textEncoder, Line::start);
        }

        private double numbers(boolean textEncoder, ToDoubleFunction<Line> bytes) {
            Line line = first(any -> any.textEncoder() == textEncoder && any.format() == counted(any.family()));
            return (bytes.applyAsDouble(line) - (double) VECTORS * FLOAT32_BYTES * line.parameters())
                    / line.format().bytes();
        }

        /** Of the LoRA. */
        double parameters(Workload workload) {
            double ofText = workload.textEncoder() ? ofRank(true, textTargets()) - ofRank(false, textTargets()) : 0;
            return workload.rank() * (ofRank(false, workload.targets()) + ofText);
        }

        /** Text encoders were counted with these. */
        private Targets textTargets() {
            return first(Line::textEncoder).targets();
        }

        private double ofRank(boolean textEncoder, Targets targets) {
            Line line = first(any -> any.textEncoder() == textEncoder && any.targets() == targets);
            return (double) line.parameters() / line.rank();
        }

        private Line first(Predicate<Line> wanted) {
            return lines.stream()
                    .filter(wanted)
                    .findFirst()
                    .orElseThrow(() -> new CannotPlanException(
                            "what %s takes with these targets, or with its text encoders trained, was not counted; name others"
                                    .formatted(lines.get(0).family())));
        }
    }

    /**
     * What a step adds.
     *
     * @param optimiser o: no line of the table has less, and those of large ranks and few pixels have exactly that
     * @param letters a, b, c, d
     * @param ofText bytes a row
     * @param ofTargets bytes a row and pixel
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Step(
            NumberFormat format, double optimiser, double[] letters, double ofText, Map<Targets, Double> ofTargets) {

        static Step fit(BaseFamily family, List<Line> all, boolean recompute) {
            List<Line> lines = all.stream()
                    .filter(line -> line.recompute() == recompute && line.format() == counted(family))
                    .toList();
            double optimiser = all.stream()
                    .mapToDouble(line -> line.added() / line.parameters())
                    .min()
                    .orElse(0);
            List<Line> usual = lines.stream()
                    .filter(line -> !line.textEncoder() && line.targets() == USUAL)
                    .filter(line -> line.added() > MORE * optimiser * line.parameters())
                    .toList();
            double[] letters = LeastSquares.fit(
                    usual.stream().map(Step::columns).toList(),
                    usual.stream().map(Line::added).toList());
            Map<Targets, Double> ofTargets = new EnumMap<>(Targets.class);
            for (Targets targets : Targets.values()) {
                ofTargets.put(
                        targets,
                        mean(
                                lines,
                                line -> !line.textEncoder() && line.targets() == targets && targets != USUAL,
                                line -> beyond(line, letters)
                                        / line.rows()
                                        / line.size().pixels()));
            }
            double ofText = mean(
                    lines,
                    line -> line.textEncoder() && line.targets() == USUAL,
                    line -> beyond(line, letters) / line.rows());
            return new Step(counted(family), optimiser, letters, ofText, ofTargets);
        }

        private static double mean(List<Line> lines, Predicate<Line> wanted, ToDoubleFunction<Line> value) {
            return lines.stream().filter(wanted).mapToDouble(value).average().orElse(0);
        }

        private static double beyond(Line line, double[] letters) {
            return line.added() - sum(letters, columns(line));
        }

        private static double[] columns(Line line) {
            return columns(line.parameters(), line.rows(), line.size().pixels(), line.rank());
        }

        private static double[] columns(double parameters, double rows, double pixels, int rank) {
            return new double[] {parameters, rows, rows * pixels, rows * pixels * rank};
        }

        private static double sum(double[] letters, double[] columns) {
            double sum = 0;
            for (int i = 0; i < letters.length; i++) {
                sum += letters[i] * columns[i];
            }
            return sum;
        }

        double added(Workload workload, double parameters, double pixels) {
            int rows = workload.rows();
            double[] columns = columns(parameters, rows, pixels, workload.rank());
            double ofParameters = letters[0] * parameters;
            double others = sum(letters, columns)
                    - ofParameters
                    + (workload.textEncoder() ? rows * ofText : 0)
                    + rows * pixels * entry(ofTargets, workload.targets());
            double gradient = ofParameters + others * workload.format().bytes() / format.bytes();
            return Math.max(gradient, optimiser * parameters);
        }
    }
}
