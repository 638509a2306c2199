package athanor.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import athanor.contracts.run.WorkerSeen;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private static final RunId BEN = new RunId("ben-1");

    private final WorkerSeen idle = new WorkerSeen("idle-1", List.of(MemoryClass.CPU), null, null, NOON);
    private final WorkerSeen busy = new WorkerSeen("busy-1", List.of(MemoryClass.CPU), new RunId("anna-1"), null, NOON);

    @Test
    void withoutAnyWorkerItSaysToStartOne() {
        assertThat(Waiting.sentence(BEN, MemoryClass.CPU, List.of(), List.of()))
                .contains("waits for a worker of memory class cpu, and no train-service is running; start one");
    }

    @Test
    void aClassThatNobodyServesIsNamedWithThoseThatAreServed() {
        assertThat(Waiting.sentence(BEN, MemoryClass.G24, List.of(idle), List.of()))
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .startsWith(
                                "waits for a worker of memory class g24, which no train-service serves (idle-1 serves"
                                        + " cpu)")
                        .contains("on a card with 24 GiB, or with athanor.train.serves=g24"));
    }

    @Test
    void whenAllAreBusyItSaysWithWhat() {
        assertThat(Waiting.sentence(BEN, MemoryClass.CPU, List.of(busy), List.of()))
                .contains("waits behind run anna-1, which busy-1 trains");
        assertThat(Waiting.sentence(BEN, MemoryClass.CPU, List.of(busy), List.of(new RunId("carl-1"))))
                .contains("waits behind run anna-1, which busy-1 trains, and behind 1 that waits longer: carl-1");
    }

    @Test
    void aRunThatWasJustTakenDoesNotWaitForItself() {
        assertThat(Waiting.sentence(new RunId("anna-1"), MemoryClass.CPU, List.of(busy), List.of()))
                .isEmpty();
    }

    @Test
    void anIdleWorkerWillTakeItAndNothingNeedsToBeSaid() {
        assertThat(Waiting.sentence(BEN, MemoryClass.CPU, List.of(busy, idle), List.of()))
                .isEmpty();
    }
}
