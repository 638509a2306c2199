package athanor.stack;

import athanor.stack.infra.DataFolder;
import athanor.stack.infra.Ports;
import athanor.stack.service.Service;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * How to reach a stack: all that a client command needs to know. A running stack writes it into its data folder, so that
 * {@code ./athanor runs} in another terminal finds it.
 *
 * @param baseModels folders in which the services look for base models; empty when unknown
 */
public record StackAddress(
        String ingest, String preprocess, String sample, String kafka, String store, List<Path> baseModels) {

    public static StackAddress of(Ports ports, List<Path> baseModels) {
        return new StackAddress(
                url(ports, Service.INGEST),
                url(ports, Service.PREPROCESS),
                url(ports, Service.SAMPLE),
                "127.0.0.1:" + ports.kafka(),
                "http://127.0.0.1:" + ports.store(),
                baseModels);
    }

    public static String url(Ports ports, Service service) {
        return "http://127.0.0.1:" + ports.of(service.defaultPort());
    }

    /** The stack that runs on a data folder. */
    public static Optional<StackAddress> find(DataFolder data) throws IOException {
        if (data.holder().isEmpty()) {
            return Optional.empty();
        }
        Properties entries = new Properties();
        try (Reader reader = Files.newBufferedReader(data.address())) {
            entries.load(reader);
        } catch (NoSuchFileException stillStarting) {
            return Optional.empty();
        }
        return Optional.of(new StackAddress(
                entries.getProperty("ingest"),
                entries.getProperty("preprocess"),
                entries.getProperty("sample"),
                entries.getProperty("kafka"),
                entries.getProperty("store"),
                Arrays.stream(entries.getProperty("base-models", "").split(File.pathSeparator))
                        .filter(folder -> !folder.isEmpty())
                        .map(Path::of)
                        .toList()));
    }

    void write(DataFolder data) throws IOException {
        Properties entries = new Properties();
        entries.setProperty("ingest", ingest);
        entries.setProperty("preprocess", preprocess);
        entries.setProperty("sample", sample);
        entries.setProperty("kafka", kafka);
        entries.setProperty("store", store);
        entries.setProperty(
                "base-models", baseModels.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        try (Writer writer = Files.newBufferedWriter(data.address())) {
            entries.store(writer, null);
        }
    }
}
