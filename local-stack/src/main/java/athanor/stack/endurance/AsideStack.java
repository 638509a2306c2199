package athanor.stack.endurance;

import athanor.stack.LocalStack;
import athanor.stack.StackListener;
import athanor.stack.StackSettings;
import athanor.stack.infra.DataFolder;
import athanor.stack.infra.LogFile;
import athanor.stack.infra.Ports;
import athanor.stack.service.ClassArchives;
import athanor.stack.service.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A stack beside any other, on ports that nobody uses, in a folder that goes with it. */
public final class AsideStack implements AutoCloseable {

    private final Path folder;
    private final Ports ports;
    private final LocalStack stack;

    private AsideStack(Path folder, Ports ports, LocalStack stack) {
        this.folder = folder;
        this.ports = ports;
        this.stack = stack;
    }

    public static AsideStack start(Path home, Set<Service> services, ClassArchives archives) throws IOException {
        Path folder = Files.createTempDirectory("athanor-aside");
        Ports ports = Ports.nobodyUses();
        StackSettings settings = new StackSettings(
                home,
                new DataFolder(folder),
                ports,
                services,
                List.of(home.resolve("tiny-base/models")),
                Map.of(),
                archives);
        try {
            LogFile.open(settings.data());
            return new AsideStack(folder, ports, LocalStack.start(settings, new StackListener() {}));
        } catch (IOException | RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + ports.kafka();
    }

    public String store() {
        return "http://127.0.0.1:" + ports.store();
    }

    @Override
    public void close() throws IOException {
        stack.close();
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
