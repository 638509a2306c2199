package athanor.access;

import athanor.contracts.json.Json;
import athanor.contracts.rest.Problem;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Lets in whoever brings a key. Where none is set everybody is let in, and the service refuses to be heard anywhere but on the
 * loopback address. Health and metrics are open: whoever probes and scrapes has no key, and they name nobody's pictures.
 */
@ApplicationScoped
public class Door {

    /** Before a body is looked at. */
    static final int FIRST = 3000;

    private static final Logger LOG = Logger.getLogger(Door.class);
    private static final String TENANT = "athanor.tenant";
    private static final Pattern OPEN = Pattern.compile("/q/(health|metrics)(/.*)?");

    private final ApiKeys keys;
    private final String host;

    Door(AccessSettings settings, @ConfigProperty(name = "quarkus.http.host", defaultValue = "0.0.0.0") String host) {
        this.keys = ApiKeys.of(settings.keys().orElse(List.of()));
        this.host = host;
    }

    /** One sentence and the end, instead of a service that anybody can use. */
    void start(@Observes StartupEvent started) {
        refusal(keys, host).ifPresent(sentence -> {
            LOG.fatal(sentence);
            Quarkus.asyncExit(1);
        });
    }

    static Optional<String> refusal(ApiKeys keys, String host) {
        return keys.none() && !isLoopback(host)
                ? Optional.of(
                        ("this service would listen at %s, where others reach it, and ask nobody who he is; set athanor.access.keys"
                                        + " (deploy/make-key makes one), or quarkus.http.host=127.0.0.1")
                                .formatted(host))
                : Optional.empty();
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException nobodyKnowsIt) {
            return false;
        }
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, FIRST);
    }

    private void check(RoutingContext request) {
        if (keys.none()) {
            request.put(TENANT, Tenant.OPERATOR);
            request.next();
            return;
        }
        Optional<Tenant> tenant =
                Credentials.key(request.request().getHeader("Authorization")).flatMap(keys::tenantOf);
        if (tenant.isPresent()) {
            request.put(TENANT, tenant.get());
            request.next();
        } else if (OPEN.matcher(request.normalizedPath()).matches()) {
            request.next();
        } else {
            refuse(request);
        }
    }

    private static void refuse(RoutingContext request) {
        boolean none = request.request().getHeader("Authorization") == null;
        request.response()
                .setStatusCode(401)
                .putHeader("WWW-Authenticate", "Basic realm=\"Athanor\", charset=\"UTF-8\"")
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .putHeader("Connection", "close")
                .end(
                        Json.write(
                                Problem.of(
                                        401,
                                        "who are you",
                                        none
                                                ? "no key came with the request; send 'Authorization: Bearer KEY' (./athanor reads it from ATHANOR_API_KEY), or"
                                                        + " the key as the password of any user"
                                                : "nobody here has the key that came with the request; ask whoever keeps this suite for one")));
    }

    /** Who sent a request; who came without a key to what is open to all is nobody. */
    public static Optional<Tenant> tenantOf(RoutingContext request) {
        return Optional.ofNullable(request.get(TENANT));
    }
}
