package athanor.console.run;

import athanor.contracts.json.Json;
import athanor.contracts.rest.TrainedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a training as a chart wants them, each list as long as the others.
 *
 * @param heldOut of pictures that are not trained on, null at steps where nobody looked; empty where none are held out
 * @param prior empty where every value is 0: a training without prior
 */
record LossLines(
        List<Integer> step,
        List<Double> instance,
        List<Double> prior,
        List<@Nullable Double> heldOut,
        List<Double> rate,
        List<Double> seconds) {

    /** A picture of a few hundred points across shows no more. */
    private static final int MOST = 2000;

    /** As many of them as wanted, evenly spread, the last among them. */
    static List<TrainedStep> some(List<TrainedStep> all, int most) {
        int stride = Math.max(1, (all.size() + most - 1) / most);
        return IntStream.range(0, all.size())
                .filter(i ->
                        i % stride == 0 || i == all.size() - 1 || all.get(i).validation() != null)
                .mapToObj(all::get)
                .toList();
    }

    static String json(List<TrainedStep> all) {
        List<TrainedStep> steps = some(all, MOST);
        boolean prior = steps.stream().anyMatch(step -> step.priorLoss() != 0);
        return Json.write(new LossLines(
                steps.stream().map(TrainedStep::step).toList(),
                steps.stream().map(TrainedStep::instanceLoss).toList(),
                prior ? steps.stream().map(TrainedStep::priorLoss).toList() : List.of(),
                heldOut(steps),
                steps.stream().map(TrainedStep::learningRate).toList(),
                steps.stream().map(TrainedStep::seconds).toList()));
    }

    private static List<@Nullable Double> heldOut(List<TrainedStep> steps) {
        List<@Nullable Double> losses = new ArrayList<>();
        for (TrainedStep step : steps) {
            losses.add(step.validation() == null ? null : step.validation().heldOut());
        }
        return losses.stream().anyMatch(Objects::nonNull) ? losses : List.of();
    }
}
