package athanor.contracts.events;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON of every event version, as it was when it was published. */
class GoldenEventsTest {

    static List<RunEvent> everyEvent() {
        return EventSamples.all();
    }

    private static Path fileOf(RunEvent event) {
        return PublishedFiles.GOLDEN.resolve(EventType.of(event).wire() + ".json");
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void anEventIsWrittenAsItAlwaysWas(RunEvent event) throws IOException {
        PublishedFiles.assertUpToDate(fileOf(event), Json.pretty(event));
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void whatWasPublishedCanStillBeRead(RunEvent event) throws IOException {
        String golden = Files.readString(fileOf(event));

        assertThat(Json.read(golden, EventType.of(event).record())).isEqualTo(event);
    }

    @Test
    void thereIsASampleOfEveryEventType() {
        assertThat(everyEvent().stream().map(EventType::of)).containsExactly(EventType.values());
    }
}
