package athanor.train;

import athanor.contracts.events.RunCommand;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** What others want of the training in hand. The training looks here between two steps. */
final class Steering {

    private final Queue<RunCommand> commands = new ConcurrentLinkedQueue<>();
    private volatile boolean shuttingDown;

    void ask(RunCommand command) {
        commands.add(command);
    }

    /** The service stops: save, let go, and let another worker go on. */
    void shutDown() {
        shuttingDown = true;
    }

    @Nullable
    RunCommand next() {
        return commands.poll();
    }

    boolean shuttingDown() {
        return shuttingDown;
    }
}
