package athanor.ingest;

import athanor.contracts.rest.TrainedStep;
import athanor.contracts.rest.TrainedStep.Band;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Steps as a table of comma-separated values: one row a step, an empty cell for what was not measured of it, and no column for
 * what was measured of none.
 */
final class StepTable {

    private static final List<String> ALWAYS =
            List.of("step", "attempt", "instance_loss", "prior_loss", "learning_rate", "seconds", "at");

    private record Column(String name, Function<TrainedStep, @Nullable Object> value) {}

    private StepTable() {}

    static String of(List<TrainedStep> steps) {
        List<Column> columns = columns(steps).stream()
                .filter(column -> ALWAYS.contains(column.name())
                        || steps.stream().anyMatch(step -> column.value().apply(step) != null))
                .toList();
        StringBuilder table = new StringBuilder();
        line(table, columns.stream().map(Column::name).toList());
        for (TrainedStep step : steps) {
            List<String> cells = new ArrayList<>();
            for (Column column : columns) {
                Object value = column.value().apply(step);
                cells.add(value == null ? "" : value.toString());
            }
            line(table, cells);
        }
        return table.toString();
    }

    private static void line(StringBuilder table, List<String> cells) {
        table.append(String.join(",", cells)).append('\n');
    }

    private static List<Column> columns(List<TrainedStep> steps) {
        List<Column> columns = new ArrayList<>(List.of(
                new Column("step", TrainedStep::step),
                new Column("attempt", TrainedStep::attempt),
                new Column("instance_loss", TrainedStep::instanceLoss),
                new Column("prior_loss", TrainedStep::priorLoss),
                new Column("learning_rate", TrainedStep::learningRate),
                new Column("seconds", step -> String.format(Locale.ROOT, "%.3f", step.seconds())),
                new Column("at", TrainedStep::at),
                new Column("memory_bytes", TrainedStep::memoryBytes),
                new Column("eta_seconds", TrainedStep::etaSeconds)));
        for (int band = 0; band < TrainedStep.BANDS; band++) {
            int number = band;
            columns.add(new Column("instance_loss_" + band, step -> in(step.bands(), number, Band::instance)));
            columns.add(new Column("prior_loss_" + band, step -> in(step.bands(), number, Band::prior)));
        }
        columns.add(new Column("held_out_loss", step -> validation(step, TrainedStep.Validation::heldOut)));
        columns.add(new Column("fixed_class_loss", step -> validation(step, TrainedStep.Validation::classPictures)));
        TreeSet<String> blocks = new TreeSet<>();
        steps.forEach(step -> blocks.addAll(changes(step).keySet()));
        blocks.forEach(block ->
                columns.add(new Column("change " + block, step -> changes(step).get(block))));
        return columns;
    }

    private static @Nullable Object in(@Nullable List<Band> bands, int number, Function<Band, @Nullable Double> loss) {
        return bands == null
                ? null
                : bands.stream()
                        .filter(band -> band.band() == number)
                        .findFirst()
                        .map(loss)
                        .orElse(null);
    }

    private static @Nullable Object validation(
            TrainedStep step, Function<TrainedStep.Validation, @Nullable Double> loss) {
        TrainedStep.Validation validation = step.validation();
        return validation == null ? null : loss.apply(validation);
    }

    private static Map<String, Double> changes(TrainedStep step) {
        Map<String, Double> changes = step.changeByBlock();
        return changes == null ? Map.of() : changes;
    }
}
