package athanor.endurance.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.teststack.StackProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Three seeds of the accidents, with processes that are really killed. */
class ChaosTest {

    /** At once, because most of a seed's time is waiting for leases to end. */
    private static final Chaos.Seeds THREE = new Chaos.Seeds(1, 3, 3);

    @Test
    void everyRunEndsOnceWhateverHappens() throws Exception {
        List<String> said = new CopyOnWriteArrayList<>();

        List<SeedResult> results = Chaos.run(servers(), THREE, said::add);

        assertThat(results)
                .as(String.join("\n", said))
                .hasSize(3)
                .allSatisfy(result -> assertThat(result.broken()).isEmpty())
                .allSatisfy(result ->
                        assertThat(result.finished() + result.failed()).isEqualTo(5));
        assertThat(results)
                .as("somebody was hit: " + String.join("\n", said))
                .anySatisfy(result -> assertThat(result.attempts()).isGreaterThan(5));
    }

    @Test
    void aSeedMeansTheSameAccidentsEachTime() {
        assertThat(Accident.ofSeed(7, 5, 3)).isEqualTo(Accident.ofSeed(7, 5, 3)).hasSize(5);
        assertThat(Accident.ofSeed(8, 5, 3)).isNotEqualTo(Accident.ofSeed(7, 5, 3));
    }

    private static ChaosStack.Servers servers() {
        return new ChaosStack.Servers(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StackProcess.class.getName()),
                StackProcess.ACCESS_KEY,
                StackProcess.SECRET_KEY);
    }
}
