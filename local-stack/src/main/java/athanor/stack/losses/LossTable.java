package athanor.stack.losses;

import athanor.contracts.rest.TrainedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The losses as lines for a terminal. */
public final class LossTable {

    private static final int ROWS = 20;

    private LossTable() {}

    /** At most some twenty steps, evenly spread, the last one among them. */
    public static List<String> of(List<TrainedStep> steps) {
        List<String> lines = new ArrayList<>();
        lines.add(row("step", "loss", "prior", "learning rate", "s/step"));
        double[] instance = RunningMean.of(steps, TrainedStep::instanceLoss);
        double[] prior = RunningMean.of(steps, TrainedStep::priorLoss);
        int every = Math.max(1, (int) Math.ceil(steps.size() / (double) ROWS));
        for (int i = (steps.size() - 1) % every; i < steps.size(); i += every) {
            TrainedStep step = steps.get(i);
            lines.add(row(
                    Integer.toString(step.step()),
                    number("%.4f", instance[i]),
                    prior[i] > 0 ? number("%.4f", prior[i]) : "-",
                    number("%.2e", step.learningRate()),
                    number("%.3f", step.seconds())));
        }
        return lines;
    }

    private static String row(String... columns) {
        return "%8s  %8s  %8s  %13s  %8s".formatted((Object[]) columns);
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
