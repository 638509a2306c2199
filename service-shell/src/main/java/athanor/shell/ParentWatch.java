package athanor.shell;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Leaves when the launcher is gone, also when it was killed: the end of the standard input tells, and no signal is needed.
 * Off by default, because a container's input is closed from the start.
 */
@ApplicationScoped
class ParentWatch {

    private static final Logger LOG = Logger.getLogger(ParentWatch.class);

    void start(
            @Observes StartupEvent started,
            @ConfigProperty(name = "athanor.exit-with-parent", defaultValue = "false") boolean watch) {
        if (watch) {
            Thread thread = new Thread(ParentWatch::waitForTheEnd, "parent-watch");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void waitForTheEnd() {
        try {
            while (System.in.read() >= 0) {
                // whatever is typed is not for us
            }
        } catch (IOException e) {
            LOG.debug("standard input broke off", e);
        }
        LOG.info("The launcher is gone, stopping");
        Quarkus.asyncExit(0);
    }
}
