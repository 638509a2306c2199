package athanor.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import athanor.contracts.run.WorkerSeen;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitingLineTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final RunId ANNA = new RunId("anna-1");
    private static final RunId BEN = new RunId("ben-1");
    private static final RunId CARL = new RunId("carl-1");

    private static WorkerSeen worker(String name, MemoryClass serves, RunId trains) {
        return new WorkerSeen(name, List.of(serves), trains, null, NOON);
    }

    private static WaitingLine.Waiter run(RunId run, MemoryClass needs, Double seconds) {
        return new WaitingLine.Waiter(run, needs, seconds);
    }

    @Test
    void eachWaitsForTheRunThatTrainsAndForThoseThatCameBeforeIt() {
        WaitingLine line = new WaitingLine(List.of(worker("one", MemoryClass.CPU, ANNA)), Map.of(ANNA, 60.0)::get);

        assertThat(line.next(run(BEN, MemoryClass.CPU, 100.0))).isEqualTo(new WaitingLine.Place(List.of(), 60.0));
        assertThat(line.next(run(CARL, MemoryClass.CPU, 10.0))).isEqualTo(new WaitingLine.Place(List.of(BEN), 160.0));
    }

    @Test
    void theWorkerThatIsFreeFirstTakesTheNextOne() {
        RunId dora = new RunId("dora-1");
        WaitingLine line = new WaitingLine(
                List.of(worker("one", MemoryClass.CPU, ANNA), worker("two", MemoryClass.CPU, dora)),
                Map.of(ANNA, 60.0, dora, 20.0)::get);

        assertThat(line.next(run(BEN, MemoryClass.CPU, 100.0)).seconds()).isEqualTo(20);
        assertThat(line.next(run(CARL, MemoryClass.CPU, 10.0)).seconds()).isEqualTo(60);
    }

    @Test
    void whoNeedsAnotherCardWaitsForOthers() {
        WaitingLine line = new WaitingLine(
                List.of(worker("cpu", MemoryClass.CPU, ANNA), worker("card", MemoryClass.G8, null)),
                Map.of(ANNA, 60.0)::get);

        assertThat(line.next(run(BEN, MemoryClass.CPU, 100.0)).seconds()).isEqualTo(60);
        assertThat(line.next(run(CARL, MemoryClass.G8, 10.0))).isEqualTo(new WaitingLine.Place(List.of(), 0.0));
    }

    @Test
    void behindARunOfUnknownLengthTheWaitIsUnknown() {
        WaitingLine line = new WaitingLine(List.of(worker("one", MemoryClass.CPU, ANNA)), Map.of(ANNA, 60.0)::get);

        assertThat(line.next(run(BEN, MemoryClass.CPU, null)).seconds()).isEqualTo(60);
        assertThat(line.next(run(CARL, MemoryClass.CPU, 10.0)).seconds()).isNull();
    }
}
