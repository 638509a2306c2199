package athanor.stack.command;

import athanor.stack.infra.DataFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which stack of this machine is meant: a folder holds one. */
final class DataOption {

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of the local stack (default: athanor-data/).")
    private @Nullable Path data;

    /** Whether one was named. */
    boolean given() {
        return data != null;
    }

    DataFolder data() {
        return new DataFolder(data == null ? StackOptions.home().resolve("athanor-data") : data);
    }
}
