package athanor.train.reconcile;

import athanor.contracts.events.RunCommand;
import athanor.contracts.run.RunId;
import athanor.store.ObjectKeys;
import athanor.train.lease.CommandRules;
import athanor.train.lease.Lease;
import athanor.train.lease.LeaseState;
import athanor.train.lease.Leases;
import athanor.train.lease.VersionedLease;
import athanor.train.publish.Announcer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what a user commands. The worker that holds the run does so between two steps; a run that nobody holds is
 * moved by whichever worker is first. A command whose run is held by another worker, or has not come to this stage yet,
 * is remembered, because that worker may be dead.
 */
public final class ApplyCommand {

    private static final Logger LOG = LoggerFactory.getLogger(ApplyCommand.class);

    private final Leases leases;
    private final Announcer announcer;
    private final Predicate<RunCommand> holder;
    private final Clock clock;
    private final ConcurrentHashMap<RunId, RunCommand> pending = new ConcurrentHashMap<>();

    /** @param holder takes the command if this worker holds its run */
    public ApplyCommand(Leases leases, Announcer announcer, Predicate<RunCommand> holder, Clock clock) {
        this.leases = leases;
        this.announcer = announcer;
        this.holder = holder;
        this.clock = clock;
    }

    /** A command has arrived; most that arrive after a start are old. */
    public void apply(RunCommand command) {
        Optional<VersionedLease> seen = leases.find(command.runId());
        boolean cancels = command instanceof RunCommand.CancelRun;
        if (seen.isEmpty() ? cancels : isMeant(seen.get().lease(), command)) {
            pending.merge(command.runId(), command, ApplyCommand::stronger);
            seen.ifPresent(this::applyPending);
        }
    }

    /** Runs whose command could not be carried out so far, in any order. */
    List<RunId> waiting() {
        return List.copyOf(pending.keySet());
    }

    /** The reconciler has looked at a run: perhaps its pending command can be carried out now. */
    Optional<VersionedLease> applyPending(VersionedLease first) {
        VersionedLease seen = first;
        while (true) {
            RunCommand command = pending.get(seen.lease().runId());
            if (command == null) {
                return Optional.of(seen);
            }
            if (isDone(seen.lease(), command) || holder.test(command)) {
                pending.remove(command.runId(), command);
                return Optional.of(seen);
            }
            Lease lease = seen.lease();
            if (lease.state() instanceof LeaseState.Held) {
                return Optional.of(seen);
            }
            String loraKey = ObjectKeys.lora(lease.runId(), lease.prepared().name());
            Optional<Lease> obeyed = CommandRules.apply(lease, command, loraKey, clock.instant());
            if (obeyed.isEmpty()) {
                LOG.info("{} changes nothing: the run is {}", command, lease.state());
                pending.remove(command.runId(), command);
                return Optional.of(seen);
            }
            Optional<VersionedLease> written = leases.replace(seen, obeyed.get());
            if (written.isPresent()) {
                pending.remove(command.runId(), command);
                LOG.info("{} is carried out", command);
                announcer.announce(written.get());
                return leases.find(lease.runId());
            }
            Optional<VersionedLease> now = leases.find(lease.runId());
            if (now.isEmpty()) {
                return now;
            }
            seen = now.get();
        }
    }

    private static RunCommand stronger(RunCommand earlier, RunCommand later) {
        return earlier instanceof RunCommand.CancelRun ? earlier : later;
    }

    private static boolean isMeant(Lease lease, RunCommand command) {
        if (command instanceof RunCommand.ResumeRun) {
            return !CommandRules.isOld(lease, command);
        }
        return !lease.state().over()
                && (command instanceof RunCommand.CancelRun || !CommandRules.isOld(lease, command));
    }

    /** The holder, a worker elsewhere, has obeyed this command or a later one. */
    private static boolean isDone(Lease lease, RunCommand command) {
        boolean cancels = command instanceof RunCommand.CancelRun;
        boolean reopens = command instanceof RunCommand.ResumeRun;
        return lease.state().over() && !reopens || (!cancels && !command.at().isAfter(lease.obeyedUntil()));
    }
}
