package athanor.train;

import athanor.contracts.events.RunCommand;
import athanor.contracts.run.RunId;
import athanor.store.ObjectKeys;
import athanor.train.lease.Lease;
import athanor.train.lease.Leases;
import athanor.train.lease.Obedience;
import athanor.train.lease.Seen;
import athanor.train.lease.Standing;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what a user commands. The worker that holds the run obeys between two steps; a run that nobody holds is
 * moved by whichever worker is first. A command whose run is held by another worker, or has not come to this stage yet,
 * is remembered, because that worker may be dead.
 */
final class ObeyCommand {

    private static final Logger LOG = LoggerFactory.getLogger(ObeyCommand.class);

    private final Leases leases;
    private final Announce announce;
    private final Predicate<RunCommand> holder;
    private final Clock clock;
    private final ConcurrentHashMap<RunId, RunCommand> pending = new ConcurrentHashMap<>();

    /** @param holder takes the command if this worker holds its run */
    ObeyCommand(Leases leases, Announce announce, Predicate<RunCommand> holder, Clock clock) {
        this.leases = leases;
        this.announce = announce;
        this.holder = holder;
        this.clock = clock;
    }

    /** A command has arrived; most that arrive after a start are old. */
    void obey(RunCommand command) {
        Optional<Seen> seen = leases.find(command.runId());
        boolean cancels = command instanceof RunCommand.CancelRun;
        if (seen.isEmpty() ? cancels : isMeant(seen.get().lease(), command)) {
            pending.merge(command.runId(), command, ObeyCommand::stronger);
            seen.ifPresent(this::obeyPending);
        }
    }

    /** The caretaker has looked at a run: perhaps its pending command can be carried out now. */
    Optional<Seen> obeyPending(Seen first) {
        Seen seen = first;
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
            if (lease.standing() instanceof Standing.Held) {
                return Optional.of(seen);
            }
            String loraKey = ObjectKeys.lora(lease.runId(), lease.prepared().name());
            Optional<Lease> obeyed = Obedience.obey(lease, command, loraKey, clock.instant());
            if (obeyed.isEmpty()) {
                LOG.info("{} changes nothing: the run is {}", command, lease.standing());
                pending.remove(command.runId(), command);
                return Optional.of(seen);
            }
            Optional<Seen> written = leases.replace(seen, obeyed.get());
            if (written.isPresent()) {
                pending.remove(command.runId(), command);
                LOG.info("{} is carried out", command);
                announce.announce(written.get());
                return leases.find(lease.runId());
            }
            Optional<Seen> now = leases.find(lease.runId());
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
        return !lease.standing().over()
                && (command instanceof RunCommand.CancelRun || !Obedience.isOld(lease, command));
    }

    /** The holder, a worker elsewhere, has obeyed this command or a later one. */
    private static boolean isDone(Lease lease, RunCommand command) {
        boolean cancels = command instanceof RunCommand.CancelRun;
        return lease.standing().over() || (!cancels && !command.at().isAfter(lease.obeyedUntil()));
    }
}
