package athanor.train;

import athanor.contracts.events.RunCommand;
import athanor.shell.Inbox;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Every worker reads every command, from the beginning, in a group of its own: any of them may hold the run. */
@ApplicationScoped
class RunCommandsConsumer {

    private final Inbox inbox;
    private final TrainService service;

    RunCommandsConsumer(Inbox inbox, TrainService service) {
        this.inbox = inbox;
        this.service = service;
    }

    @Incoming("run-commands")
    @Blocking
    void on(ConsumerRecord<String, byte[]> record) {
        inbox.observe(record, RunCommand.class, service::apply);
    }
}
