package athanor.preprocess;

import athanor.contracts.events.RunCommand;
import athanor.shell.Inbox;
import athanor.shell.RunEndings;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Every process hears every cancellation, from the beginning, in a group of its own: any of them may be at work. */
@ApplicationScoped
class RunCommandsConsumer {

    private final Inbox inbox;
    private final RunEndings endings;

    RunCommandsConsumer(Inbox inbox, RunEndings endings) {
        this.inbox = inbox;
        this.endings = endings;
    }

    @Incoming("run-commands")
    @Blocking
    void on(ConsumerRecord<String, byte[]> record) {
        inbox.observe(record, RunCommand.CancelRun.class, command -> endings.noteCancelled(command.runId()));
    }
}
