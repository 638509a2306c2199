package athanor.ingest;

import athanor.contracts.events.RunEvent;
import athanor.contracts.events.RunSnapshot;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import athanor.shell.EventPublisher;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Gives the use cases what they need of the shell. */
@Singleton
class IngestBeans {

    @Produces
    @Singleton
    Outbox outbox(EventPublisher publisher) {
        return new Outbox() {
            @Override
            public void publish(RunEvent event, String stage, long sequence) {
                publisher.publish(event, stage, sequence);
            }

            @Override
            public Optional<RunSnapshot> publishState(RunId run, String name, RunState state) {
                return publisher.publishState(run, name, state);
            }
        };
    }
}
