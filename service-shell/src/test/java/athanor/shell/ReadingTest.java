package athanor.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.events.EventId;
import athanor.contracts.events.EventType;
import athanor.contracts.events.RunCommand;
import athanor.contracts.json.Json;
import athanor.contracts.run.RunId;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;

class ReadingTest {

    private static final RunId RUN = new RunId("anna-1");
    private static final RunCommand EVENT = new RunCommand.CancelRun(RUN, Instant.parse("2026-11-23T12:00:00Z"));

    private final Headers headers =
            Envelope.headers(EventId.of(RUN, "cancel", 1), EventType.CANCEL_RUN, "/athanor/test", RUN, Instant.EPOCH);

    private Reading read(String key, byte[] value) {
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>("athanor.run-commands", 0, 7, key, value);
        headers.forEach(record.headers()::add);
        return Reading.of(record);
    }

    private static String reasonOf(Reading reading) {
        return ((Reading.Rejected) reading).reason();
    }

    @Test
    void whatWasWrittenIsReadBack() {
        assertThat(read("anna-1", Json.bytes(EVENT)))
                .isEqualTo(new Reading.Event(EventType.CANCEL_RUN, EVENT, new EventId("anna-1/cancel/1")));
    }

    @Test
    void aProducerMayLeaveTheKeyOut() {
        assertThat(read(null, Json.bytes(EVENT))).isInstanceOf(Reading.Event.class);
    }

    @Test
    void aKeyThatIsNotTheRunIdIsRejected() {
        assertThat(reasonOf(read("bert-1", Json.bytes(EVENT))))
                .isEqualTo("the record key 'bert-1' is not the run id 'anna-1'");
    }

    @Test
    void textThatIsNoJsonIsRejected() {
        assertThat(reasonOf(read("anna-1", "hello".getBytes(UTF_8)))).startsWith("CancelRun cannot be read");
    }

    @Test
    void aRecordWithoutValueIsRejected() {
        assertThat(reasonOf(read("anna-1", null))).isEqualTo("a record of type athanor.CancelRun.v1 has no value");
    }

    @Test
    void aLaterVersionAsksForANewerService() {
        headers.remove("ce_type").add("ce_type", "athanor.CancelRun.v2".getBytes(UTF_8));

        assertThat(reasonOf(read("anna-1", Json.bytes(EVENT))))
                .startsWith("athanor.CancelRun.v2 is of a version that this service does not know");
    }

    @Test
    void aStrangersTypeIsRejected() {
        headers.remove("ce_type").add("ce_type", "com.example.Order".getBytes(UTF_8));

        assertThat(reasonOf(read("anna-1", Json.bytes(EVENT)))).startsWith("'com.example.Order' is no event type");
    }

    @Test
    void aRecordWithoutEnvelopeIsRejected() {
        Reading reading = Reading.of(new ConsumerRecord<>("t", 0, 0, "anna-1", Json.bytes(EVENT)));

        assertThat(reasonOf(reading)).startsWith("the record has no ce_type header");
    }

    @Test
    void aRecordThatUnpacksToMoreThanAnyEventHasIsNotEvenParsed() {
        assertThat(reasonOf(read("anna-1", new byte[(16 << 20) + 1])))
                .isEqualTo("a record of type athanor.CancelRun.v1 has 16777217 bytes; an event has at most 16777216");
    }

    @Test
    void whomItIsAboutIsKnownEvenIfNothingElseCanBeRead() {
        Reading.Rejected byValue = (Reading.Rejected) read(null, "{\"runId\": \"anna-1\", \"at\": {}}".getBytes(UTF_8));
        Reading.Rejected byKey = (Reading.Rejected) read("anna-1", "{".getBytes(UTF_8));
        Reading.Rejected contradictory = (Reading.Rejected) read("bert-1", Json.bytes(EVENT));

        assertThat(byValue.run()).contains(RUN);
        assertThat(byValue.type()).contains(EventType.CANCEL_RUN);
        assertThat(byKey.run()).contains(RUN);
        assertThat(contradictory.run()).isEmpty();
    }
}
