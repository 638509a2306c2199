package athanor.console.page;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Any page in the world can make a browser send a form to the loopback address, and a foreign name can be made to lead there.
 * So what changes something has to come from a page of ours, and whoever asks has to call us by a name that is ours.
 */
@ApplicationScoped
class SameOrigin {

    private static final Set<HttpMethod> HARMLESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Pattern LOOPBACK = Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d+)?");
    private static final String POLICY = "default-src 'self'; img-src 'self' data: blob:; style-src 'self';"
            + " frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
    private static final int BEFORE_EVERYTHING = -1000;

    private final List<String> names;

    SameOrigin(@ConfigProperty(name = "athanor.console.names", defaultValue = "localhost") List<String> names) {
        this.names = names;
    }

    void watch(@Observes Router router) {
        router.route().order(BEFORE_EVERYTHING).handler(this::check);
    }

    private void check(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        exchange.response()
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer");
        String host = request.getHeader("Host");
        if (host == null || !ours(host)) {
            refuse(
                    exchange,
                    "This console answers to 127.0.0.1 and localhost; athanor.console.names adds other names.");
        } else if (!HARMLESS.contains(request.method()) && !fromOurPage(request, host)) {
            refuse(exchange, "That was sent by another page than the console's, and nothing was done.");
        } else {
            exchange.next();
        }
    }

    private boolean ours(String host) {
        return LOOPBACK.matcher(host).matches()
                || names.contains(host)
                || names.contains(host.replaceFirst(":\\d+$", ""));
    }

    /** A program that is no browser sends neither header, and nobody can make it send anything. */
    private static boolean fromOurPage(HttpServerRequest request, String host) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin");
        }
        String origin = request.getHeader("Origin");
        return origin == null || host.equals(authority(origin));
    }

    private static @Nullable String authority(String origin) {
        try {
            return URI.create(origin).getAuthority();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void refuse(RoutingContext exchange, String sentence) {
        exchange.response()
                .setStatusCode(403)
                .putHeader("Content-Type", "text/plain; charset=UTF-8")
                .end(sentence + "\n");
    }
}
