package athanor.tools.reference;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.diffusion.safetensors.FloatTensor;
import athanor.diffusion.safetensors.SafetensorsFile;
import athanor.tools.DiffusionTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole command on random small bases of all families, against what diffusers, transformers and peft answered
 * ({@code diffusion/src/test/resources/parity/README.md}). Distances are relative L2 a tensor.
 */
@ParameterizedClass
@ValueSource(strings = {"sd1", "sd1-four-levels", "sd2", "sdxl"})
class ParityTest {

    @TempDir
    static Path computed;

    private final String base;
    private SafetensorsFile ours;
    private SafetensorsFile golden;

    ParityTest(String base) {
        this.base = base;
    }

    @BeforeEach
    void computesEverythingThatTheInputsAskFor() throws IOException {
        Path there = Path.of("../diffusion/src/test/resources/parity", base);
        Path out = computed.resolve(base + ".safetensors");
        if (!Files.exists(out)) {
            String in = there.resolve("IN.safetensors").toString();
            assertThat(DiffusionTools.commandLine()
                            .execute(
                                    "reference",
                                    "--base",
                                    there.toString(),
                                    "--inputs",
                                    in,
                                    "--outputs",
                                    out.toString()))
                    .isZero();
        }
        ours = SafetensorsFile.open(out);
        golden = SafetensorsFile.open(there.resolve("OUT.safetensors"));
    }

    @AfterEach
    void close() {
        ours.close();
        golden.close();
    }

    @Test
    void outputsCarryExactlyTheReferencesNames() {
        assertThat(new TreeSet<>(ours.names())).isEqualTo(new TreeSet<>(golden.names()));
    }

    @Test
    void tokenIdsAreEqual() throws IOException {
        for (String name : named(name -> name.startsWith("tokens"))) {
            assertThat(ours.longs(name)).as(name).isEqualTo(golden.longs(name));
        }
    }

    @Test
    void networksAnswerAsTheReference() throws IOException {
        assertThat(distances(name -> name.matches("(text|vae|unet)\\..*"))).allSatisfy(within(1e-5));
    }

    @Test
    void trajectoriesEndWhereTheReferencesEnd() throws IOException {
        assertThat(distances(name -> name.startsWith("sampler."))).hasSize(5).allSatisfy(within(1e-4));
    }

    @Test
    void lossesAndGradientsAreTheReferences() throws IOException {
        assertThat(distances(name -> name.startsWith("train."))).allSatisfy(within(1e-4));
    }

    @Test
    void tenOptimiserStepsLeadToTheSameAdapter() throws IOException {
        assertThat(distances(name -> name.startsWith("lora."))).isNotEmpty().allSatisfy(within(1e-3));
    }

    private static BiConsumer<String, Double> within(double bound) {
        return (name, distance) -> assertThat(distance).as(name).isLessThan(bound);
    }

    private Set<String> named(Predicate<String> wanted) {
        Set<String> names = new TreeSet<>(golden.names());
        names.removeIf(wanted.negate());
        return names;
    }

    private Map<String, Double> distances(Predicate<String> wanted) throws IOException {
        Map<String, Double> distances = new TreeMap<>();
        for (String name : named(wanted)) {
            FloatTensor truth = golden.floats(name);
            FloatTensor found = ours.floats(name);
            assertThat(found.shape()).as(name).isEqualTo(truth.shape());
            distances.put(name, distance(found.values(), truth.values()));
        }
        return distances;
    }

    /** Absolute where the truth is zero: the gradient of lora_down while lora_up is still zero. */
    private static double distance(float[] found, float[] truth) {
        double difference = 0;
        double size = 0;
        for (int i = 0; i < truth.length; i++) {
            difference += Math.pow((double) found[i] - truth[i], 2);
            size += Math.pow(truth[i], 2);
        }
        return Math.sqrt(difference) / (size == 0 ? 1 : Math.sqrt(size));
    }
}
