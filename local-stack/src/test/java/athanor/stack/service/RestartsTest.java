package athanor.stack.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RestartsTest {

    private Instant now = Instant.parse("2026-11-30T12:00:00Z");

    private final Restarts restarts = new Restarts(clock());

    private Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }

    @Test
    void whatHappenedLongAgoIsForgiven() {
        restarts.add(Service.INGEST);
        now = now.plus(Duration.ofMinutes(6));
        restarts.add(Service.INGEST);

        assertThat(restarts.count(Service.INGEST)).isEqualTo(2);
        assertThat(restarts.count(Service.TRAIN)).isZero();

        now = now.plus(Duration.ofMinutes(6));
        assertThat(restarts.count(Service.INGEST)).isEqualTo(1);
    }
}
