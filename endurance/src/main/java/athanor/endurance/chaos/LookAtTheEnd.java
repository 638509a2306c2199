package athanor.endurance.chaos;

import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.run.RunId;
import athanor.endurance.SimulatedTrainings;
import athanor.store.ObjectKeys;
import athanor.train.lease.Lease;
import athanor.train.lease.LeaseState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What every seed must leave behind, whatever happened. */
final class LookAtTheEnd {

    private final ChaosStack stack;
    private final long seed;
    private final List<Accident> accidents;
    private final List<String> broken = new ArrayList<>();

    LookAtTheEnd(ChaosStack stack, long seed, List<Accident> accidents) {
        this.stack = stack;
        this.seed = seed;
        this.accidents = accidents;
    }

    /** @param begin {@link System#nanoTime} when the seed began */
    SeedResult of(List<DatasetPrepared> runs, List<Lease> leases, List<String> idle, long begin) throws IOException {
        Heard heard = Heard.on(stack.bootstrapServers);
        broken.addAll(idle);
        int finished = 0;
        int failed = 0;
        for (DatasetPrepared run : runs) {
            Optional<Lease> lease = leases.stream()
                    .filter(one -> one.runId().equals(run.runId()))
                    .findFirst();
            if (lease.isEmpty() || !lease.get().state().over() || !lease.get().announced()) {
                broken.add("run %s is not over: %s"
                        .formatted(
                                run.runId(),
                                lease.map(one -> one.state().toString()).orElse("it has no lease")));
            } else if (lease.get().state() instanceof LeaseState.Finished) {
                finished++;
                lookAtFinished(run.runId(), heard);
            } else {
                failed++;
                lookAtFailed(lease.get(), heard);
            }
        }
        List<Step> steps = steps();
        int needed = finished * TrySeed.STEPS;
        return new SeedResult(
                seed,
                accidents,
                finished,
                failed,
                leases.stream().mapToInt(Lease::attempt).sum(),
                Math.max(0, steps.size() - needed),
                heard.repeated(),
                takeovers(steps),
                (System.nanoTime() - begin) / 1e9,
                broken);
    }

    private void lookAtFinished(RunId run, Heard heard) {
        List<String> keys = stack.objects.list(ObjectKeys.loras(run)).stream()
                .filter(key -> key.endsWith(".safetensors"))
                .toList();
        if (keys.size() != 1) {
            broken.add("run %s has %d LoRAs".formatted(run, keys.size()));
            return;
        }
        byte[] bytes = stack.objects.find(keys.get(0)).orElseThrow().bytes();
        if (!Arrays.equals(bytes, SimulatedTrainings.unbroken(TrySeed.STEPS))) {
            broken.add("the LoRA of run %s is not that of the unbroken run".formatted(run));
        }
        if (heard.trained(run).size() != 1) {
            broken.add(
                    "run %s told of %d LoRAs".formatted(run, heard.trained(run).size()));
        }
    }

    private void lookAtFailed(Lease lease, Heard heard) {
        if (!(lease.state() instanceof LeaseState.Failed failed)
                || failed.why().evidence().isBlank()) {
            broken.add("run %s is %s, without a reason".formatted(lease.runId(), lease.state()));
        }
        if (!heard.trained(lease.runId()).isEmpty()) {
            broken.add("run %s failed and told of a LoRA".formatted(lease.runId()));
        }
    }

    private record Step(int worker, StepLine line) {}

    private List<Step> steps() throws IOException {
        List<Step> steps = new ArrayList<>();
        for (int worker = 0; worker < stack.workers.size(); worker++) {
            for (StepLine line : StepLine.in(stack.workers.get(worker).log())) {
                steps.add(new Step(worker, line));
            }
        }
        steps.sort(Comparator.comparingLong(step -> step.line().at()));
        return steps;
    }

    /** Time between the last step of a run on one worker and the next on another. */
    private static List<Double> takeovers(List<Step> steps) {
        List<Double> seconds = new ArrayList<>();
        for (RunId run :
                steps.stream().map(step -> step.line().run()).distinct().toList()) {
            List<Step> ofRun =
                    steps.stream().filter(step -> step.line().run().equals(run)).toList();
            for (int i = 1; i < ofRun.size(); i++) {
                if (ofRun.get(i).worker() != ofRun.get(i - 1).worker()) {
                    seconds.add(
                            (ofRun.get(i).line().at() - ofRun.get(i - 1).line().at()) / 1e3);
                }
            }
        }
        return seconds;
    }
}
