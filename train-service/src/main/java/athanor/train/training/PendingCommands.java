package athanor.train.training;

import athanor.contracts.events.RunCommand;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** What others want of the training in hand, not yet carried out. The training looks here between two steps. */
public final class PendingCommands {

    private final Queue<RunCommand> commands = new ConcurrentLinkedQueue<>();
    private volatile boolean shuttingDown;
    private volatile boolean pausing;

    public void add(RunCommand command) {
        if (command instanceof RunCommand.PauseRun) {
            pausing = true;
        }
        commands.add(command);
    }

    /** Whether the training was told to pause, which ends it here: what is wanted after that is for whoever goes on with it. */
    public boolean pausing() {
        return pausing;
    }

    /** The service stops: save, let go, and let another worker go on. */
    public void shutDown() {
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
