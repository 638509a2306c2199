package athanor.sample.later;

import athanor.access.Tenant;
import athanor.contracts.rest.SampleJob;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Draws one after the other what nobody waits for. This process alone knows of them: one that ends takes those with it that it
 * has not drawn, and whoever asked sees that they are not there any more. The pictures stay.
 */
public final class RenderLater implements AutoCloseable {

    public static final int MOST_WAITING = 32;

    /** Then those that have been over for longest are forgotten. */
    private static final int REMEMBERED = 200;

    private final Clock clock;
    private final Map<String, Drawing> drawings = new LinkedHashMap<>();
    private final ThreadPoolExecutor drawer = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> new Thread(task, "drawings"));

    public RenderLater(Clock clock) {
        this.clock = clock;
    }

    /** @return empty when too many wait already */
    public Optional<SampleJob> ask(Tenant who, String prompt, Drawing.Work work) {
        Drawing drawing = new Drawing(UUID.randomUUID().toString(), who.name(), prompt, work, clock);
        try {
            drawer.execute(drawing);
        } catch (RejectedExecutionException e) {
            return Optional.empty();
        }
        synchronized (drawings) {
            drawings.put(drawing.id(), drawing);
            forgetTheOldest();
        }
        return Optional.of(drawing.view());
    }

    private void forgetTheOldest() {
        Iterator<Drawing> oldestFirst = drawings.values().iterator();
        while (drawings.size() > REMEMBERED && oldestFirst.hasNext()) {
            if (oldestFirst.next().isOver()) {
                oldestFirst.remove();
            }
        }
    }

    /** Those that somebody may see, the newest first. */
    public List<SampleJob> all(Tenant who) {
        List<SampleJob> seen = new ArrayList<>();
        synchronized (drawings) {
            drawings.values().stream()
                    .filter(drawing -> isSeen(drawing, who))
                    .map(Drawing::view)
                    .forEach(seen::add);
        }
        Collections.reverse(seen);
        return seen;
    }

    public Optional<SampleJob> find(Tenant who, String id) {
        return drawing(who, id).map(Drawing::view);
    }

    /** What is drawn already is kept. */
    public Optional<SampleJob> cancel(Tenant who, String id) {
        Optional<Drawing> drawing = drawing(who, id);
        drawing.ifPresent(Drawing::cancel);
        return drawing.map(Drawing::view);
    }

    private Optional<Drawing> drawing(Tenant who, String id) {
        synchronized (drawings) {
            return Optional.ofNullable(drawings.get(id)).filter(drawing -> isSeen(drawing, who));
        }
    }

    private static boolean isSeen(Drawing drawing, Tenant who) {
        return who.sees(Optional.of(drawing.tenant()));
    }

    @Override
    public void close() {
        synchronized (drawings) {
            drawings.values().forEach(Drawing::cancel);
        }
        drawer.shutdown();
    }
}
