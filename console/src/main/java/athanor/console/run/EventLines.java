package athanor.console.run;

import io.smallrye.mutiny.subscription.MultiEmitter;
import java.util.concurrent.Flow;

/** Reads the data of server-sent events out of their lines. */
final class EventLines implements Flow.Subscriber<String> {

    private static final String DATA = "data:";

    private final MultiEmitter<? super String> emitter;

    EventLines(MultiEmitter<? super String> emitter) {
        this.emitter = emitter;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        emitter.onTermination(subscription::cancel);
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        if (line.startsWith(DATA)) {
            emitter.emit(line.substring(DATA.length()).strip());
        }
    }

    @Override
    public void onError(Throwable problem) {
        emitter.fail(problem);
    }

    @Override
    public void onComplete() {
        emitter.complete();
    }
}
