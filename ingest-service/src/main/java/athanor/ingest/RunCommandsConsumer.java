package athanor.ingest;

import athanor.contracts.events.RunCommand;
import athanor.shell.Inbox;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** A run can also be cancelled by an event alone. The other commands are for whoever trains. */
@ApplicationScoped
class RunCommandsConsumer {

    private static final Logger LOG = Logger.getLogger(RunCommandsConsumer.class);

    private final Inbox inbox;
    private final Drafts drafts;
    private final CancelRun cancelRun;

    RunCommandsConsumer(Inbox inbox, Drafts drafts, CancelRun cancelRun) {
        this.inbox = inbox;
        this.drafts = drafts;
        this.cancelRun = cancelRun;
    }

    @Incoming("run-commands")
    @Blocking
    void on(ConsumerRecord<String, byte[]> record) {
        inbox.handle(record, RunCommand.CancelRun.class, this::cancel);
    }

    private void cancel(RunCommand.CancelRun command) {
        drafts.find(command.runId())
                .ifPresentOrElse(
                        draft -> cancelRun.of(command.runId(), draft.name()),
                        () -> LOG.warn("A run that does not exist cannot be cancelled; the command is ignored"));
    }
}
