package athanor.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An upload on this machine's disk. It is gone when whoever took it closes it, or with its request if nobody did. */
final class ReceivedFile implements AutoCloseable {

    private final Path path;
    private boolean taken;

    private ReceivedFile(Path path) {
        this.path = path;
    }

    /** A new one in the temporary folder. */
    static ReceivedFile empty() {
        try {
            return new ReceivedFile(Files.createTempFile("athanor-upload-", null));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "nothing can be written to the temporary folder %s, whose disk may be full"
                            .formatted(System.getProperty("java.io.tmpdir")),
                    e);
        }
    }

    Path path() {
        return path;
    }

    synchronized ReceivedFile take() {
        taken = true;
        return this;
    }

    /** A sender that went away ends its request, and perhaps while the file is being read. */
    synchronized void closeUnlessTaken() {
        if (!taken) {
            close();
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            System.getLogger(ReceivedFile.class.getName())
                    .log(System.Logger.Level.WARNING, "an upload stays in the temporary folder", e);
        }
    }
}
