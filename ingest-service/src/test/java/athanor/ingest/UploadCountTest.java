package athanor.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.run.RunId;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UploadCountTest {

    private static final RunId RUN = new RunId("anna-1");

    private final List<String> stored = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private int listings;

    private final ObjectStore store = (ObjectStore) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                assertThat(method.getName()).isEqualTo("list");
                listings++;
                return List.copyOf(stored);
            });

    private final UploadCount count = new UploadCount(store, clock());

    private Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }

    private static String verdict(int number) {
        return ObjectKeys.verdict(RUN, number + ".jpg");
    }

    @Test
    void fourHundredUploadsListTheStoreOnce() {
        for (int i = 0; i < 400; i++) {
            assertThat(count.others(RUN, verdict(i))).isEqualTo(i);
            count.add(RUN, verdict(i));
        }

        assertThat(listings).isEqualTo(1);
        assertThat(count.others(RUN, verdict(3))).isEqualTo(399);
    }

    @Test
    void whatOtherProcessesTookIsKnownAfterAWhile() {
        assertThat(count.others(RUN, verdict(0))).isZero();
        stored.add(verdict(1));

        now = now.plus(Duration.ofMinutes(2));

        assertThat(count.others(RUN, verdict(0))).isEqualTo(1);
    }
}
