package athanor.shell;

import athanor.contracts.events.DrawingProgressed;
import athanor.contracts.run.RunId;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Tells how far the pictures of runs are: of each run the latest word, once a second, on a thread of its own, so that no work
 * waits for a broker. What cannot be told is lost; the next word is worth more.
 */
public final class PictureNews implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(PictureNews.class);
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(1);

    private final EventPublisher publisher;
    private final String stage;
    private final ConcurrentHashMap<RunId, DrawingProgressed> untold = new ConcurrentHashMap<>();
    private final RepeatedTask words;

    /** @param stage what the ids of the events begin with, {@code sample/drawing} */
    public PictureNews(EventPublisher publisher, String stage) {
        this.publisher = publisher;
        this.stage = stage;
        this.words = RepeatedTask.forever("picture-news", BETWEEN_WORDS, this::tellAll);
    }

    public void tell(DrawingProgressed progress) {
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
            publisher.publish(latest, stage + "/" + latest.kind(), latest.done());
        } catch (RuntimeException e) {
            LOG.debugf("How far the pictures of %s are is not told: %s", latest.runId(), e.getMessage());
        }
    }

    @Override
    public void close() {
        words.close();
    }
}
