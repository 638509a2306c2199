package athanor.shell;

import athanor.access.Door;
import athanor.access.Tenant;
import athanor.contracts.run.RunId;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** To a tenant the runs of others are not there. */
class RunDoor {

    /** After it is known who asks, before a body is looked at. */
    private static final int SECOND = 2900;

    private static final Pattern OF_A_RUN = Pattern.compile("/runs/([^/]+)(/.*)?");

    private final RunTenants tenants;

    RunDoor(RunTenants tenants) {
        this.tenants = tenants;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, SECOND);
    }

    private void check(RoutingContext request) {
        Tenant tenant = Door.tenantOf(request).orElse(Tenant.OPERATOR);
        Optional<RunId> run = tenant.isOperator() ? Optional.empty() : run(request.normalizedPath());
        if (run.isEmpty()) {
            request.next();
            return;
        }
        Optional<Optional<String>> known = tenants.known(run.get());
        if (known.isPresent()) {
            pass(request, tenant, run.get(), known.get());
            return;
        }
        // The store answers on another thread; meanwhile nothing of the body must pass by.
        request.request().pause();
        request.vertx()
                .<Optional<String>>executeBlocking(() -> tenants.of(run.get()), false)
                .onComplete(asked -> {
                    if (asked.succeeded()) {
                        request.request().resume();
                        pass(request, tenant, run.get(), asked.result());
                    } else {
                        ProblemAnswer.send(
                                request, 503, "busy", "the store does not say whose the run is; ask again in a while");
                    }
                });
    }

    /** What is no run id is the resources' to refuse. */
    private static Optional<RunId> run(String path) {
        Matcher matcher = OF_A_RUN.matcher(path);
        try {
            return matcher.matches() ? Optional.of(new RunId(matcher.group(1))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void pass(RoutingContext request, Tenant tenant, RunId run, Optional<String> owner) {
        if (tenant.sees(owner)) {
            request.next();
        } else {
            ProblemException unknown = ProblemException.unknownRun(run);
            ProblemAnswer.send(request, 404, "unknown run", String.valueOf(unknown.getMessage()));
        }
    }
}
