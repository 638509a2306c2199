package athanor.train.queue;

import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.events.RunEvent;
import athanor.shell.Reading;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes events of the queue's records. */
public final class QueueRecords {

    private final BiConsumer<ConsumerRecord<String, byte[]>, String> deadLetters;

    /** @param deadLetters takes a record with the reason why it cannot be used */
    public QueueRecords(BiConsumer<ConsumerRecord<String, byte[]>, String> deadLetters) {
        this.deadLetters = deadLetters;
    }

    /** Empty for a record that is no such event. */
    static <T extends RunEvent> Optional<T> read(ConsumerRecord<String, byte[]> record, Class<T> wanted) {
        return Reading.of(record) instanceof Reading.Event found && wanted.isInstance(found.event())
                ? Optional.of(wanted.cast(found.event()))
                : Optional.empty();
    }

    /** As {@link #read}; what cannot be read goes to the dead-letter topic with the reason. */
    public Optional<DatasetPrepared> readOrDeadLetter(ConsumerRecord<String, byte[]> record) {
        Reading reading = Reading.of(record);
        if (reading instanceof Reading.Rejected rejected) {
            deadLetters.accept(record, rejected.reason());
        } else if (reading instanceof Reading.Event found && !(found.event() instanceof DatasetPrepared)) {
            deadLetters.accept(
                    record,
                    "a training queue carries DatasetPrepared, this is %s; send it to its own topic"
                            .formatted(found.type().wire()));
        }
        return read(record, DatasetPrepared.class);
    }
}
