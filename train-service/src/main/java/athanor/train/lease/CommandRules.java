package athanor.train.lease;

import athanor.contracts.events.RunCommand;
import java.time.Instant;
import java.util.Optional;

/**
 * What a user's command does to a training that nobody holds. (A holder carries commands out itself, between two
 * steps.) Every worker reads all commands from the beginning, so most of what it reads is old: a command that was given
 * before the training came to stand as it does ({@link #isOld}), or not after the last one obeyed, is void. Only a
 * cancellation is always meant.
 */
public final class CommandRules {

    private CommandRules() {}

    /**
     * @param loraKey where the LoRA is published if the command keeps it
     * @return the lease after the command, or empty when the command changes nothing
     */
    public static Optional<Lease> apply(Lease lease, RunCommand command, String loraKey, Instant now) {
        LeaseState state = lease.state();
        if (command instanceof RunCommand.ResumeRun && state.over()) {
            return reopen(lease, command, now);
        }
        if (state.over() || state instanceof LeaseState.Held) {
            return Optional.empty();
        }
        if (command instanceof RunCommand.CancelRun) {
            return Optional.of(lease.cancel(now).obeyed(command.at()));
        }
        if (!command.at().isAfter(lease.obeyedUntil())) {
            return Optional.empty();
        }
        return move(lease, command, loraKey, now).map(moved -> moved.obeyed(command.at()));
    }

    /** A run that failed, here or while its test pictures were drawn, goes on where it came to. */
    private static Optional<Lease> reopen(Lease lease, RunCommand command, Instant now) {
        if (isOld(lease, command) || lease.state() instanceof LeaseState.Cancelled) {
            return Optional.empty();
        }
        Lease open = lease.state() instanceof LeaseState.Failed ? lease.reopen(now) : lease.announceAgain();
        return Optional.of(open.obeyed(command.at()));
    }

    /**
     * Whether the command was carried out before, or is about an earlier time of the training. To be asked once, when the
     * command arrives: it stays meant while its training is taken from a dead holder.
     */
    public static boolean isOld(Lease lease, RunCommand command) {
        return !command.at().isAfter(lease.obeyedUntil())
                || command.at().isBefore(lease.state().since());
    }

    private static Optional<Lease> move(Lease lease, RunCommand command, String loraKey, Instant now) {
        if (command instanceof RunCommand.ResumeRun && lease.state() instanceof LeaseState.Paused) {
            return Optional.of(lease.resume(now));
        }
        // A run that has never trained has nothing to pause; one that waits for its second worker has.
        if (command instanceof RunCommand.PauseRun
                && lease.state() instanceof LeaseState.Queued
                && lease.attempt() > 1) {
            return Optional.of(lease.pause(now));
        }
        Checkpoint last = lease.checkpoint();
        if (command instanceof RunCommand.StopAndKeep && last != null && last.step() > 0) {
            return Optional.of(lease.finish(last.asTrained(lease.prepared(), loraKey, now), now));
        }
        return Optional.empty();
    }
}
