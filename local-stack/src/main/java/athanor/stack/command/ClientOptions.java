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

    @Option(names = "--server", paramLabel = "URL", description = "Address of an ingest service elsewhere.")
    private @Nullable String server;

    @Option(names = "--samples", paramLabel = "URL", description = "Address of a sample service elsewhere.")
    private @Nullable String samples;

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "Address of a Kafka broker elsewhere.")
    private @Nullable String kafka;

    DataFolder data() {
        return folder.data();
    }

    StackAddress stack() {
        StackAddress local = localStack().orElseGet(() -> StackAddress.of(new Ports(0), List.of()));
        return new StackAddress(
                server == null ? local.ingest() : server,
                samples == null ? local.sample() : samples,
                kafka == null ? local.kafka() : kafka,
                local.store(),
                local.baseModels());
    }

    private Optional<StackAddress> localStack() {
        try {
            return StackAddress.find(data());
        } catch (IOException e) {
            throw new StackProblem("%s cannot be read: %s".formatted(data().path(), e.getMessage()), e);
        }
    }
}
