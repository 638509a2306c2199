package athanor.access;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** Whoever sent the request that is answered. */
@RequestScoped
public class Caller {

    private final RoutingContext request;

    Caller(RoutingContext request) {
        this.request = request;
    }

    /** An operator where nobody needs a key. */
    public Tenant tenant() {
        return Door.tenantOf(request)
                .orElseThrow(() -> new IllegalStateException("whoever has no key is asked nothing about his runs"));
    }

    /** As it came, for services that are asked in his name. */
    public Optional<String> authorization() {
        return Optional.ofNullable(request.request().getHeader("Authorization"));
    }
}
