package athanor.stack.command;

import athanor.stack.StackAddress;
import athanor.stack.infra.DataFolder;
import athanor.stack.infra.Ports;
import athanor.stack.infra.StackProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which stack of this machine is meant: a folder holds one. */
final class DataOption {

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of the local stack (default: athanor-data/).")
    private @Nullable Path data;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            description = "What the stack was started with; need not be said again, the folder knows it.")
    private @Nullable Integer portOffset;

    /** Whether one was named. */
    boolean given() {
        return data != null;
    }

    DataFolder data() {
        return new DataFolder(data == null ? StackOptions.home().resolve("athanor-data") : data);
    }

    /**
     * The stack that runs on the folder.
     *
     * @throws StackProblem when it is not the one whose ports were named
     */
    Optional<StackAddress> running() {
        Optional<StackAddress> found = find();
        if (portOffset != null) {
            String wanted = StackAddress.of(new Ports(portOffset), List.of()).ingest();
            if (found.isPresent() && !found.get().ingest().equals(wanted)) {
                throw new StackProblem(
                        "the stack on %s is at %s, and --port-offset %d means %s; name the folder of that one with --data"
                                .formatted(data().path(), found.get().ingest(), portOffset, wanted));
            }
        }
        return found;
    }

    private Optional<StackAddress> find() {
        try {
            return StackAddress.find(data());
        } catch (IOException e) {
            throw new StackProblem("%s cannot be read: %s".formatted(data().path(), e.getMessage()), e);
        }
    }

    /** Where no stack was found: the ports that were named, or the usual ones. */
    Ports ports() {
        return new Ports(portOffset == null ? 0 : portOffset);
    }
}
