package athanor.train.publish;

import athanor.contracts.run.FailureReason;
import athanor.contracts.run.MemoryClass;
import athanor.train.lease.FailedAttempt;
import athanor.train.lease.LeaseState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** What an operator watches: how long runs wait, how fast steps are, whether leases hold, what fails. */
public final class TrainMetrics {

    private static final List<String> RENEWALS = List.of("renewed", "refused", "failed");

    private final MeterRegistry registry;
    private final Timer queueWait;
    private final Timer step;
    private final Timer checkpoint;
    private volatile double instanceLoss = Double.NaN;
    private volatile double priorLoss = Double.NaN;

    public TrainMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.queueWait = Timer.builder("athanor.train.queue.wait")
                .description("from prepared or put back until a worker claimed the run")
                .register(registry);
        this.step = Timer.builder("athanor.train.step")
                .description("one optimiser step")
                .register(registry);
        this.checkpoint = Timer.builder("athanor.train.checkpoint")
                .description("making and storing a checkpoint")
                .register(registry);
        loss("instance", () -> instanceLoss);
        loss("prior", () -> priorLoss);
        // What has not happened yet is there and 0: a rate of what begins with its first increment misses that one.
        RENEWALS.forEach(this::renewals);
        Arrays.stream(FailureReason.values()).map(Enum::name).forEach(this::failures);
        Arrays.stream(FailedAttempt.Kind.values()).map(Enum::name).forEach(this::failures);
        Arrays.stream(LeaseState.class.getPermittedSubclasses())
                .filter(state -> state != LeaseState.Held.class)
                .map(Class::getSimpleName)
                .forEach(this::endings);
    }

    private void loss(String half, Supplier<Number> value) {
        Gauge.builder("athanor.train.loss", value)
                .description("of the newest step of the training that goes on; not a number while none does")
                .tag("half", half)
                .register(registry);
    }

    /** Gauges that are read when somebody asks. */
    public void watch(BooleanSupplier busy, ToIntFunction<MemoryClass> waiting) {
        Gauge.builder("athanor.train.busy", () -> busy.getAsBoolean() ? 1 : 0)
                .description("1 while this worker trains")
                .register(registry);
        for (MemoryClass memoryClass : MemoryClass.values()) {
            Gauge.builder("athanor.train.waiting", () -> waiting.applyAsInt(memoryClass))
                    .description("runs that wait for a worker")
                    .tag("class", memoryClass.topicSuffix())
                    .register(registry);
        }
    }

    public void claimed(Duration waited) {
        queueWait.record(waited.isNegative() ? Duration.ZERO : waited);
    }

    /** @param prior 0 without prior */
    public void stepDone(double seconds, double instance, double prior) {
        step.record(Duration.ofNanos((long) (seconds * 1e9)));
        instanceLoss = instance;
        priorLoss = prior;
    }

    /** No training goes on here any more, so there is no loss of one. */
    public void rests() {
        instanceLoss = Double.NaN;
        priorLoss = Double.NaN;
    }

    public void checkpointTook(Duration time) {
        checkpoint.record(time);
    }

    public void renewed() {
        renewals("renewed").increment();
    }

    /** Somebody else holds the run. */
    public void renewalRefused() {
        renewals("refused").increment();
    }

    /** The store did not answer. */
    public void renewalFailed() {
        renewals("failed").increment();
    }

    /** @param kind a reason of a failed run or a kind of failed attempt */
    public void failed(String kind) {
        failures(kind).increment();
    }

    /** @param how the state that the training was left in: {@code Finished}, {@code Paused}, {@code Queued} for another worker */
    public void ended(String how) {
        endings(how).increment();
    }

    private Counter failures(String kind) {
        return registry.counter("athanor.train.failures", "kind", kind);
    }

    private Counter endings(String how) {
        return registry.counter("athanor.train.endings", "how", how);
    }

    private Counter renewals(String result) {
        return registry.counter("athanor.train.lease.renewals", "result", result);
    }
}
