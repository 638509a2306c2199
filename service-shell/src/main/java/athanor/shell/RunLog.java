package athanor.shell;

import athanor.contracts.run.RunId;
import java.util.function.Supplier;
import org.jboss.logging.MDC;

/** Puts the run id into every log line that is written meanwhile on this thread. */
public final class RunLog {

    static final String FIELD = "runId";

    private RunLog() {}

    public static void about(RunId run, Runnable work) {
        about(run, () -> {
            work.run();
            return run;
        });
    }

    public static <T> T about(RunId run, Supplier<T> work) {
        MDC.put(FIELD, run.value());
        try {
            return work.get();
        } finally {
            MDC.remove(FIELD);
        }
    }
}
