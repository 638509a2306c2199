package athanor.stack.service;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/** Counts how often services were started again: what dies at once each time needs somebody to look, not another start. */
public final class Restarts {

    public static final int MOST = 3;
    public static final Duration WITHIN = Duration.ofMinutes(10);

    private final Clock clock;
    private final Map<Service, Deque<Instant>> starts = new EnumMap<>(Service.class);

    public Restarts(Clock clock) {
        this.clock = clock;
    }

    /** Within the last minutes. */
    public synchronized int count(Service service) {
        Deque<Instant> recent = of(service);
        while (!recent.isEmpty() && recent.peek().plus(WITHIN).isBefore(clock.instant())) {
            recent.remove();
        }
        return recent.size();
    }

    public synchronized void add(Service service) {
        of(service).add(clock.instant());
    }

    private Deque<Instant> of(Service service) {
        return starts.computeIfAbsent(service, key -> new ArrayDeque<>());
    }
}
