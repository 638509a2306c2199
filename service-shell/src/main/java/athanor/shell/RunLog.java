package athanor.shell;

import athanor.contracts.run.RunId;
import org.jboss.logging.MDC;

/** Puts the run id into every log line that is written meanwhile on this thread. */
public final class RunLog {

    static final String FIELD = "runId";

    private RunLog() {}

    public static void about(RunId run, Runnable work) {
        MDC.put(FIELD, run.value());
        try {
            work.run();
        } finally {
            MDC.remove(FIELD);
        }
    }
}
