package athanor.contracts.rest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that are drawn while nobody waits for the answer.
 *
 * @param done steps of the sampler so far; pictures that are drawn together take them together
 * @param total steps until the end; 0 until the drawing has begun
 * @param etaSeconds until they are drawn; absent before the first step and when it is over
 * @param answer what a {@link SampleRequest} that was waited for gets; there when it is {@link State#DONE}
 * @param problem a sentence; there when it has {@link State#FAILED}
 */
public record SampleJob(
        String id,
        State state,
        String prompt,
        Instant askedAt,
        int done,
        int total,
        @Nullable Double etaSeconds,
        @Nullable SampleResponse answer,
        @Nullable String problem) {

    /** From being asked for to its end. */
    public enum State {
        WAITING,
        DRAWING,
        DONE,
        CANCELLED,
        FAILED;

        public boolean over() {
            return ordinal() >= DONE.ordinal();
        }
    }
}
