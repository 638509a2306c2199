package athanor.console.run;

import static athanor.console.service.ServiceName.INGEST;
import static athanor.console.service.ServiceName.TRAIN;

import athanor.console.service.ServiceAwayException;
import athanor.console.service.Services;
import athanor.contracts.rest.RunView;
import athanor.contracts.rest.WorkerView;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/** What every page of a run shows at its head. */
@ApplicationScoped
public class RunPages {

    private final Services services;

    RunPages(Services services) {
        this.services = services;
    }

    public RunView run(String id) {
        return services.get(INGEST, "/runs/" + new RunId(id), RunView.class);
    }

    public TemplateInstance fill(TemplateInstance page, RunView run) {
        return fill(page, run, services);
    }

    TemplateInstance fill(TemplateInstance page, RunView run, Services asked) {
        RunState state = run.state();
        return page.data("run", run)
                .data("id", run.runId().value())
                .data("state", state.name())
                .data("failed", state instanceof RunState.Failed failed ? failed : "")
                .data(
                        "held",
                        Optional.ofNullable(holders(asked).get(run.runId().value()))
                                .map(Object.class::cast)
                                .orElse(""))
                .data("commands", Commands.of(state))
                .data("over", state.over());
    }

    private static Map<String, Held> holders(Services asked) {
        try {
            return Held.by(asked.find(TRAIN, "/worker", WorkerView.class));
        } catch (ServiceAwayException e) {
            return Map.of();
        }
    }
}
