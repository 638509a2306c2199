package athanor.train;

import athanor.contracts.events.RunCommand;
import athanor.contracts.run.MemoryClass;
import athanor.shell.TraceParent;
import athanor.store.ObjectStore;
import athanor.train.lease.Checkpoints;
import athanor.train.lease.LeaseWatch;
import athanor.train.lease.Leases;
import athanor.train.publish.Announcer;
import athanor.train.publish.BestEffortPublisher;
import athanor.train.publish.TrainEvents;
import athanor.train.publish.TrainMetrics;
import athanor.train.queue.QueueLog;
import athanor.train.reconcile.ApplyCommand;
import athanor.train.reconcile.Reconciler;
import athanor.train.reconcile.ScheduledReconciler;
import athanor.train.training.TrainLora;
import athanor.train.training.TrainerFactory;
import athanor.train.worker.Worker;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/** A worker and the reconciler beside it, put together; they know of each other only whether the worker is idle. */
public final class WorkerUnit {

    private final BestEffortPublisher progress = new BestEffortPublisher();
    private final Worker worker;
    private final ApplyCommand commands;
    private final ScheduledReconciler reconciler;
    private final Thread thread;

    public WorkerUnit(
            String id,
            Set<MemoryClass> serves,
            WorkerRules rules,
            Surroundings around,
            TrainerFactory trainers,
            TrainMetrics metrics) {
        Clock clock = new SteadyClock();
        ObjectStore store = around.store();
        Leases leases = new Leases(store, id + "/" + UUID.randomUUID());
        Checkpoints checkpoints = new Checkpoints(store, clock);
        TrainEvents events = new TrainEvents(around.outbox());
        Announcer announcer = new Announcer(store, leases, checkpoints, events, TraceParent::context, clock);
        TrainLora trainLora = new TrainLora(
                store, trainers, checkpoints, events, progress, metrics, id, rules.progressEvery(), clock);
        this.worker = new Worker(
                id,
                serves,
                around.broker(),
                around.records(),
                leases,
                rules.terms(),
                rules.retryPolicy(),
                trainLora,
                announcer,
                around.isOver(),
                around.isErased(),
                metrics,
                clock);
        this.commands = new ApplyCommand(leases, announcer, worker::offer, clock);
        LeaseWatch watch = new LeaseWatch(clock, rules.terms());
        this.reconciler = new ScheduledReconciler(
                () -> QueueLog.open(around.broker(), id),
                log -> new Reconciler(
                        log,
                        leases,
                        watch,
                        rules.retryPolicy(),
                        rules.offerAgainAfter(),
                        announcer,
                        commands,
                        worker::idleFor,
                        around.isErased(),
                        clock),
                rules.sweepEvery());
        metrics.watch(worker::busy, reconciler::waiting);
        this.thread = new Thread(worker, "worker " + id);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
        reconciler.start();
    }

    /** Lets a training finish its step and save, if it does so in time. */
    public void stop(Duration farewell) throws InterruptedException {
        worker.stop();
        thread.join(farewell.toMillis());
        reconciler.stop();
        progress.close();
    }

    public void apply(RunCommand command) {
        commands.apply(command);
    }

    public Worker worker() {
        return worker;
    }

    /** Runs of this class that wait for a worker. */
    public int waiting(MemoryClass memoryClass) {
        return reconciler.waiting(memoryClass);
    }

    /** Whether the threads live and no training hangs. */
    public boolean alive() {
        return thread.isAlive() && reconciler.alive() && !worker.hung();
    }
}
