package athanor.sample;

import athanor.contracts.events.DrawingProgressed;
import athanor.contracts.run.RunId;
import athanor.shell.EventPublisher;
import athanor.shell.RepeatedTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells how far the pictures of runs are: of each run the latest word, once a second, on a thread of its own, so that no
 * drawing waits for a broker. What cannot be told is lost; the next word is worth more.
 */
@ApplicationScoped
class DrawingNews {

    private static final Logger LOG = Logger.getLogger(DrawingNews.class);
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(1);

    private final EventPublisher publisher;
    private final ConcurrentHashMap<RunId, DrawingProgressed> untold = new ConcurrentHashMap<>();
    private @Nullable RepeatedTask words;

    DrawingNews(EventPublisher publisher) {
        this.publisher = publisher;
    }

    void start(@Observes StartupEvent started) {
        words = RepeatedTask.forever("drawing-news", BETWEEN_WORDS, this::tellAll);
    }

    void stop(@Observes ShutdownEvent stopped) {
        if (words != null) {
            words.close();
        }
    }

    void tell(DrawingProgressed progress) {
        untold.put(progress.runId(), progress);
    }

    private void tellAll() {
        for (RunId run : untold.keySet()) {
            DrawingProgressed latest = untold.remove(run);
            if (latest != null) {
                publish(latest);
            }
        }
    }

    private void publish(DrawingProgressed latest) {
        try {
            publisher.publish(latest, "sample/drawing/" + latest.kind(), latest.done());
        } catch (RuntimeException e) {
            LOG.debugf("How far the pictures of %s are is not told: %s", latest.runId(), e.getMessage());
        }
    }
}
