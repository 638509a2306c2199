package athanor.train.lease;

import java.util.ArrayList;
import java.util.List;

/**
 * How many failed attempts make a poison run: {@code attempts} of them, if they fell on at least two workers (one bad
 * worker must not condemn good runs), or {@code attemptsOnOneWorker} wherever they fell (or a lone worker would try for
 * ever). Attempts that got to a checkpoint do not count, nor what was before them: the run does go on.
 */
public record RetryPolicy(int attempts, int attemptsOnOneWorker) {

    public RetryPolicy {
        if (attempts < 1 || attemptsOnOneWorker < attempts) {
            throw new IllegalArgumentException("patience needs 1 <= attempts <= attempts on one worker, got %d and %d"
                    .formatted(attempts, attemptsOnOneWorker));
        }
    }

    boolean isExhaustedBy(List<FailedAttempt> failures) {
        List<FailedAttempt> inARow = new ArrayList<>();
        for (FailedAttempt failure : failures) {
            if (Boolean.TRUE.equals(failure.progressed())) {
                inARow.clear();
            } else {
                inARow.add(failure);
            }
        }
        long workers = inARow.stream().map(FailedAttempt::worker).distinct().count();
        return inARow.size() >= (workers >= 2 ? attempts : attemptsOnOneWorker);
    }
}
