package athanor.console;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Says where people find the console: in a container it does not know by which address the machine lets them in. */
@ApplicationScoped
class ConsoleAddress {

    private static final Logger LOG = Logger.getLogger(ConsoleAddress.class);

    void say(
            @Observes StartupEvent started,
            @ConfigProperty(name = "athanor.console.address") Optional<String> address) {
        address.ifPresent(known -> LOG.infof("Open the console in a browser: %s", known));
    }
}
