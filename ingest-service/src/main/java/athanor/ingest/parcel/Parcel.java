package athanor.ingest.parcel;

import athanor.contracts.dataset.SkippedFile;
import athanor.store.Content;
import athanor.store.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** An unpacked parcel: files under names of our own, beside the names that their sender gave them. Gone when it is closed. */
public final class Parcel implements AutoCloseable {

    private final Path folder;
    private final List<Item> items = new ArrayList<>();
    private final List<SkippedFile> skipped = new ArrayList<>();
    private int placed;

    /** @param name as it was given; never a path */
    public record Item(String name, Path file) {}

    private Parcel(Path folder) {
        this.folder = folder;
    }

    static Parcel empty() {
        try {
            return new Parcel(Files.createTempDirectory("athanor-parcel-"));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "nothing can be written to the temporary folder %s, whose disk may be full"
                            .formatted(System.getProperty("java.io.tmpdir")),
                    e);
        }
    }

    public List<Item> items() {
        return List.copyOf(items);
    }

    /** What was not even unpacked. */
    public List<SkippedFile> skipped() {
        return List.copyOf(skipped);
    }

    /** The same for the same files under the same names, whatever they were packed in. */
    public String fingerprint() {
        StringBuilder all = new StringBuilder();
        for (Item item : items) {
            try {
                all.append(Sha256.of(Content.of(item.file())))
                        .append(' ')
                        .append(item.name())
                        .append('\n');
            } catch (IOException e) {
                throw new UncheckedIOException("the upload cannot be read from this machine's disk", e);
            }
        }
        return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    Path folder() {
        return folder;
    }

    /** Where the next file goes; it is part of the parcel from now on. */
    Path place(String name) {
        Path file = folder.resolve("item-" + placed++);
        items.add(new Item(name, file));
        return file;
    }

    /** What was in it takes its place. */
    void withdraw(Item opened) {
        items.remove(opened);
    }

    void skip(SkippedFile file) {
        skipped.add(file);
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            System.getLogger(Parcel.class.getName())
                    .log(System.Logger.Level.WARNING, "a parcel stays in the temporary folder", e);
        }
    }
}
