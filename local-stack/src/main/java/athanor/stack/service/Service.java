package athanor.stack.service;

import java.nio.file.Path;

/** The services of the suite, in the order data flows, and the console that shows it. */
public enum Service {
    INGEST("ingest-service", 8081, 512, false),
    PREPROCESS("preprocess-service", 8082, 768, false),
    TRAIN("train-service", 8083, 2048, true),
    SAMPLE("sample-service", 8084, 2048, true),
    CONSOLE("console", 8080, 256, false);

    private final String module;
    private final int defaultPort;
    private final int heapMegabytes;
    private final boolean computes;

    Service(String module, int defaultPort, int heapMegabytes, boolean computes) {
        this.module = module;
        this.defaultPort = defaultPort;
        this.heapMegabytes = heapMegabytes;
        this.computes = computes;
    }

    public String module() {
        return module;
    }

    public int defaultPort() {
        return defaultPort;
    }

    /** Most Java heap, MB; the tensors of libtorch live outside it. */
    int heapMegabytes() {
        return heapMegabytes;
    }

    /** Runs networks, that is, has libtorch. */
    boolean computes() {
        return computes;
    }

    Path jar(Path home) {
        return home.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
    }
}
