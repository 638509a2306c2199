package athanor.stack.infra;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder of one stack: the broker's log, the store's objects, the services' logs. A lock on a file in it says whether a
 * stack runs there, whatever became of the process that wrote its number beside it.
 */
public final class DataFolder {

    /** The system forgets a process's lock when any other channel on the file is closed, so we remember our own. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path folder;

    public DataFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    public Path path() {
        return folder;
    }

    public Path kafka() {
        return folder.resolve("kafka");
    }

    public Path store() {
        return folder.resolve("s3");
    }

    public Path logs() {
        return folder.resolve("logs");
    }

    /** Where the running stack says how to reach it. */
    public Path address() {
        return folder.resolve("stack.properties");
    }

    /** Takes the folder for this process; empty when another stack has it. */
    public Optional<Held> hold() throws IOException {
        Files.createDirectories(logs());
        Optional<Held> held = tryLock();
        if (held.isPresent()) {
            Files.writeString(owner(), Long.toString(ProcessHandle.current().pid()));
        }
        return held;
    }

    /** The process that holds the folder, if one does. */
    public Optional<ProcessHandle> holder() throws IOException {
        if (HELD_HERE.contains(folder)) {
            return Optional.of(ProcessHandle.current());
        }
        if (!Files.exists(lockFile())) {
            return Optional.empty();
        }
        Optional<Held> free = tryLock();
        if (free.isPresent()) {
            free.get().close();
            return Optional.empty();
        }
        return Files.exists(owner())
                ? ProcessHandle.of(Long.parseLong(Files.readString(owner()).strip()))
                : Optional.empty();
    }

    private Optional<Held> tryLock() throws IOException {
        if (!HELD_HERE.add(folder)) {
            return Optional.empty();
        }
        FileChannel channel = FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        Held held = new Held(folder, channel);
        if (channel.tryLock() == null) {
            held.close();
            return Optional.empty();
        }
        return Optional.of(held);
    }

    private Path lockFile() {
        return folder.resolve("stack.lock");
    }

    private Path owner() {
        return folder.resolve("stack.pid");
    }

    /** The folder is ours until this is closed or the process ends, however it ends. */
    public static final class Held implements AutoCloseable {

        private final Path folder;
        private final FileChannel channel;

        private Held(Path folder, FileChannel channel) {
            this.folder = folder;
            this.channel = channel;
        }

        @Override
        public void close() throws IOException {
            channel.close();
            HELD_HERE.remove(folder);
        }
    }
}
