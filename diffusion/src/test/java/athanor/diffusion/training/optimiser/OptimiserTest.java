package athanor.diffusion.training.optimiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import athanor.diffusion.GoldenJson;
import athanor.diffusion.program.TorchEngine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against the public implementations' numbers (optimisers.py says how they were made). */
class OptimiserTest {

    private static Map<String, Object> golden;

    @BeforeAll
    static void read() {
        TorchEngine.prepare();
        golden = GoldenJson.read("optimisers.json");
    }

    @Test
    void prodigyGoesWhereThePublicOneGoes() {
        follow("prodigy", false, (owner, y, state) -> new Prodigy(owner, y, 0.01, state));
    }

    @Test
    void itsScheduleFreeFormAndWhatItKeepsDoToo() {
        follow("prodigy_schedule_free", true, ScheduleFreeProdigy::new);
    }

    private interface Make {
        Optimiser of(NDManager owner, NDArray values, OptimiserState state);
    }

    /** Each step of forty; in the middle it is put away and taken up again. */
    @SuppressWarnings("unchecked")
    private static void follow(String name, boolean averages, Make make) {
        Map<String, Object> run = (Map<String, Object>) golden.get(name);
        List<Object> gradients = (List<Object>) run.get("gradients");
        try (NDManager owner = NDManager.newBaseManager("PyTorch")) {
            NDArray values =
                    owner.create(floats((List<Number>) golden.get("start"))).duplicate();
            Optimiser optimiser = make.of(owner, values, OptimiserState.NEW);
            for (int step = 0; step < gradients.size(); step++) {
                try (NDManager scope = owner.newSubManager()) {
                    NDArray gradient = scope.create(floats((List<Number>) gradients.get(step)));
                    optimiser.step(gradient, 1);
                }
                double d = ((Number) ((List<Object>) run.get("d")).get(step)).doubleValue();
                assertThat(optimiser.foundRate())
                        .as("d after step %d", step + 1)
                        .isCloseTo(d, within(1e-3 * d));
                close(values, (List<Number>) ((List<Object>) run.get("values")).get(step), "values of step " + step);
                if (averages) {
                    try (NDArray learnt = optimiser.learnt()) {
                        close(
                                learnt,
                                (List<Number>) ((List<Object>) run.get("averaged")).get(step),
                                "average of step " + step);
                    }
                }
                if (step == gradients.size() / 2) {
                    OptimiserState saved = OptimiserState.of(optimiser);
                    values = values.duplicate();
                    optimiser = make.of(owner, values, saved);
                }
            }
        }
    }

    private static void close(NDArray found, List<Number> wanted, String what) {
        float[] numbers = found.toFloatArray();
        double difference = 0;
        double length = 0;
        for (int i = 0; i < numbers.length; i++) {
            difference += Math.pow(numbers[i] - wanted.get(i).doubleValue(), 2);
            length += Math.pow(wanted.get(i).doubleValue(), 2);
        }
        assertThat(Math.sqrt(difference / length)).as(what).isLessThan(1e-3);
    }

    private static float[] floats(List<Number> numbers) {
        float[] floats = new float[numbers.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = numbers.get(i).floatValue();
        }
        return floats;
    }
}
