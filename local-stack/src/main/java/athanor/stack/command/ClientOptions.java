package athanor.stack.command;

import athanor.stack.StackAddress;
import athanor.stack.infra.DataFolder;
import athanor.stack.infra.Ports;
import athanor.stack.infra.StackProblem;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which suite a command talks to: the one that runs on this machine, or any other by address. */
final class ClientOptions {

    @Mixin
    private DataOption folder = new DataOption();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "Address of a Kafka broker elsewhere.")
    private @Nullable String kafka;

    DataFolder data() {
        return folder.data();
    }

    StackAddress stack() {
        Optional<StackAddress> local = localStack();
        if (folder.given() && local.isEmpty() && server.suite().isEmpty() && kafka == null) {
            throw new StackProblem("no stack runs on %s; start one with ./athanor up --data %s"
                    .formatted(data().path(), data().path()));
        }
        StackAddress suite = server.over(local.orElseGet(() -> StackAddress.of(new Ports(0), List.of())));
        return new StackAddress(
                suite.ingest(),
                suite.sample(),
                kafka == null ? suite.kafka() : kafka,
                suite.store(),
                suite.baseModels());
    }

    private Optional<StackAddress> localStack() {
        try {
            return StackAddress.find(data());
        } catch (IOException e) {
            throw new StackProblem("%s cannot be read: %s".formatted(data().path(), e.getMessage()), e);
        }
    }
}
