package athanor.console.service;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A question that a service has been asked: several asked one after the other take the time of one. */
public final class Asked<T> {

    private final ServiceName service;
    private final String address;
    private final CompletableFuture<T> answer;

    Asked(ServiceName service, String address, CompletableFuture<T> answer) {
        this.service = service;
        this.address = address;
        this.answer = answer;
    }

    /** Whether there is an answer, be it a refusal, without waiting for longer. */
    public boolean answeredWithin(Duration patience) {
        try {
            answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * Waits for the answer.
     *
     * @throws ServiceAwayException if nobody answers
     * @throws ServiceRefusedException if the answer is no and is read here
     */
    public T get() {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException ours) {
                throw ours;
            }
            throw new ServiceAwayException(service, address, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    <R> Asked<R> then(Function<T, R> read) {
        return new Asked<>(service, address, answer.thenApply(read));
    }

    private ServiceAwayException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ServiceAwayException(service, address, e);
    }
}
