package athanor.stack.command;

import athanor.stack.StackAddress;
import athanor.stack.infra.DataFolder;
import athanor.stack.infra.StackProblem;
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
        Optional<StackAddress> local = folder.running();
        if (folder.given() && local.isEmpty() && server.suite().isEmpty() && kafka == null) {
            throw new StackProblem("no stack runs on %s; start one with ./athanor up --data %s"
                    .formatted(data().path(), data().path()));
        }
        StackAddress suite = server.over(local.orElseGet(() -> StackAddress.of(folder.ports(), List.of())));
        return new StackAddress(
                suite.ingest(),
                suite.preprocess(),
                suite.sample(),
                kafka == null ? suite.kafka() : kafka,
                suite.store(),
                suite.baseModels());
    }
}
