package athanor.ingest;

import athanor.contracts.events.DrawingProgressed;
import athanor.contracts.events.LoraTrained;
import athanor.contracts.events.ProofRendered;
import athanor.contracts.events.RunEvent;
import athanor.contracts.events.RunSnapshot;
import athanor.contracts.events.SamplesRendered;
import athanor.contracts.events.TrainingProgressed;
import athanor.contracts.run.RunId;
import athanor.shell.Inbox;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Brings the board what the other services tell. Only looks on: a record that cannot be read fails no run. */
@ApplicationScoped
class BoardConsumer {

    private final Inbox inbox;
    private final RunBoard board;

    BoardConsumer(Inbox inbox, RunBoard board) {
        this.inbox = inbox;
        this.board = board;
    }

    @Incoming("run-state")
    @Blocking
    void onState(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null && record.key() != null) {
            board.forget(new RunId(record.key())); // as the compacted topic does
        } else {
            inbox.observe(record, RunSnapshot.class, board::tell);
        }
    }

    @Incoming("training-progress")
    @Blocking
    void onProgress(ConsumerRecord<String, byte[]> record) {
        inbox.observe(record, RunEvent.class, event -> {
            if (event instanceof TrainingProgressed step) {
                board.tell(step.runId(), card -> card.with(step));
            } else if (event instanceof DrawingProgressed drawing) {
                board.tell(drawing.runId(), card -> card.with(drawing));
            }
        });
    }

    @Incoming("lora-trained")
    @Blocking
    void onLora(ConsumerRecord<String, byte[]> record) {
        inbox.observe(record, LoraTrained.class, event -> board.tell(event.runId(), card -> card.with(event)));
    }

    @Incoming("samples-rendered")
    @Blocking
    void onSamples(ConsumerRecord<String, byte[]> record) {
        inbox.observe(record, SamplesRendered.class, event -> board.tell(event.runId(), card -> card.with(event)));
    }

    @Incoming("proofs")
    @Blocking
    void onProof(ConsumerRecord<String, byte[]> record) {
        inbox.observe(record, ProofRendered.class, event -> board.tell(event.runId(), card -> card.with(event)));
    }
}
