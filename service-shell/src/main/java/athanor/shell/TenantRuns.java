package athanor.shell;

import athanor.access.Caller;
import athanor.contracts.run.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The runs that whoever asks may see. */
@ApplicationScoped
public class TenantRuns {

    /** As {@link RunId#fresh} makes them. */
    private static final Pattern RUN_ID = Pattern.compile("[a-z0-9][a-z0-9-]*-[0-9a-f]{8}");

    private final Caller caller;
    private final RunTenants tenants;

    TenantRuns(Caller caller, RunTenants tenants) {
        this.caller = caller;
        this.tenants = tenants;
    }

    public boolean sees(RunId run) {
        return caller.tenant().isOperator() || caller.tenant().sees(tenants.of(run));
    }

    /** Makes a run the one of whoever asks; an operator's is nobody's. */
    public void own(RunId run) {
        if (!caller.tenant().isOperator()) {
            tenants.give(run, caller.tenant().name());
        }
    }

    /** A sentence without the names that others gave their runs. */
    public String discreet(String sentence) {
        return caller.tenant().isOperator()
                ? sentence
                : RUN_ID.matcher(sentence).replaceAll(this::ownOrSomebodys);
    }

    private String ownOrSomebodys(MatchResult found) {
        return sees(new RunId(found.group())) ? found.group() : "of somebody else";
    }
}
