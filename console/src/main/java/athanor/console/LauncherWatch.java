package athanor.console;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Stops when the launcher does: its end closes the standard input. A container's is closed from the start, so it is off there. */
@ApplicationScoped
class LauncherWatch {

    private static final Logger LOG = Logger.getLogger(LauncherWatch.class);

    void begin(
            @Observes StartupEvent started,
            @ConfigProperty(name = "athanor.exit-with-parent", defaultValue = "false") boolean watch) {
        if (watch) {
            Thread watcher = new Thread(LauncherWatch::untilInputEnds, "launcher-watch");
            watcher.setDaemon(true);
            watcher.start();
        }
    }

    private static void untilInputEnds() {
        try {
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            LOG.debug("standard input broke off", e);
        }
        Quarkus.asyncExit(0);
    }
}
