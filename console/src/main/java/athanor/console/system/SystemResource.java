package athanor.console.system;

import static athanor.console.service.ServiceName.TRAIN;

import athanor.access.Caller;
import athanor.console.page.Pages;
import athanor.console.service.ServiceAddresses;
import athanor.console.service.ServiceAwayException;
import athanor.console.service.ServiceName;
import athanor.console.service.ServiceRefusedException;
import athanor.console.service.Services;
import athanor.contracts.rest.WorkerView;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The services, the workers with their queues, and what could not be handled. */
@Path("/system")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class SystemResource {

    private final Services services;
    private final ServiceAddresses addresses;
    private final DeadLetterBox letters;
    private final Caller caller;
    private final Pages pages;
    private final Optional<String> dashboards;

    SystemResource(
            Services services,
            ServiceAddresses addresses,
            DeadLetterBox letters,
            Caller caller,
            Pages pages,
            @ConfigProperty(name = "athanor.console.dashboards") Optional<String> dashboards) {
        this.services = services;
        this.addresses = addresses;
        this.letters = letters;
        this.caller = caller;
        this.pages = pages;
        this.dashboards = dashboards;
    }

    @GET
    public TemplateInstance system() {
        List<ServiceHealth> healths =
                Arrays.stream(ServiceName.values()).map(this::health).toList();
        return pages.page("system")
                .data("services", healths)
                .data("worker", worker())
                .data("dashboards", dashboards.orElse(""));
    }

    private ServiceHealth health(ServiceName service) {
        String address = addresses.of(service);
        try {
            String checks = services.get(service, "/q/health/ready", String.class);
            return new ServiceHealth(service.title(), address, "UP", "", HealthChecks.in(checks), version(service));
        } catch (ServiceRefusedException e) {
            return new ServiceHealth(
                    service.title(), address, "NOT_READY", String.valueOf(e.getMessage()), List.of(), "");
        } catch (ServiceAwayException e) {
            return new ServiceHealth(service.title(), address, "AWAY", String.valueOf(e.getMessage()), List.of(), "");
        }
    }

    private String version(ServiceName service) {
        try {
            return OpenApiVersion.in(services.get(service, "/q/openapi?format=json", String.class));
        } catch (ServiceRefusedException e) {
            return "";
        }
    }

    private Object worker() {
        try {
            return services.find(TRAIN, "/worker", WorkerView.class)
                    .map(Object.class::cast)
                    .orElse("");
        } catch (ServiceAwayException e) {
            return "";
        }
    }

    /** By itself, because a broker that is away makes one wait. */
    @GET
    @Path("letters")
    public TemplateInstance letters() {
        return pages.page("letters").data("letters", caller.tenant().isOperator() ? letters.newest() : List.of());
    }

    @POST
    @Path("letters")
    public Response sendAgain(
            @FormParam("topic") @DefaultValue("") String topic,
            @FormParam("partition") int partition,
            @FormParam("offset") long offset) {
        if (!caller.tenant().isOperator()) {
            throw new IllegalArgumentException("dead letters are sent again by an operator of the suite");
        }
        letters.sendAgain(topic, partition, offset);
        return Response.seeOther(URI.create("/system?sent=" + offset)).build();
    }
}
