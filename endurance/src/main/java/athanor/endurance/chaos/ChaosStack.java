package athanor.endurance.chaos;

import athanor.contracts.events.Topics;
import athanor.store.MinioObjectStore;
import athanor.store.StoreException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Broker, store and workers, each a process. */
final class ChaosStack implements AutoCloseable {

    static final String BUCKET = "athanor";
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(90);

    final Victim broker;
    final Victim store;
    final List<Victim> workers = new ArrayList<>();
    final String bootstrapServers;
    final MinioObjectStore objects;

    private final Servers servers;
    private final Path folder;
    private final int storePort;

    /**
     * How broker and store are started, each as a process.
     *
     * @param command to which {@code broker FOLDER PORT CONTROLLER-PORT} or {@code store FOLDER PORT} is added
     */
    record Servers(List<String> command, String accessKey, String secretKey) {}

    private ChaosStack(Servers servers, Path folder) throws IOException {
        this.servers = servers;
        this.folder = folder;
        int brokerPort = freePort();
        this.storePort = freePort();
        Files.createDirectories(folder.resolve("s3").resolve(BUCKET));
        this.broker = new Victim(
                with(servers.command(), "broker", folder.resolve("kafka"), brokerPort, freePort()),
                folder.resolve("broker.log"));
        this.store = new Victim(
                with(servers.command(), "store", folder.resolve("s3"), storePort), folder.resolve("store.log"));
        this.bootstrapServers = "127.0.0.1:" + brokerPort;
        this.objects = new MinioObjectStore(
                storeAddress(storePort), servers.accessKey(), servers.secretKey(), BUCKET, "us-east-1");
    }

    static ChaosStack start(Servers servers, Path folder, int workers) throws IOException, InterruptedException {
        ChaosStack stack = new ChaosStack(servers, folder);
        try {
            stack.awaitServers();
            for (int i = 1; i <= workers; i++) {
                stack.workers.add(stack.worker(i));
            }
            return stack;
        } catch (IOException | InterruptedException | RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    private Victim worker(int number) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ChaosWorker.class.getName()));
        command.addAll(List.of(
                "worker-" + number,
                bootstrapServers,
                storeAddress(storePort),
                servers.accessKey(),
                servers.secretKey()));
        return new Victim(command, folder.resolve("worker-%d.log".formatted(number)));
    }

    private void awaitServers() throws InterruptedException {
        long end = System.nanoTime() + STARTS_WITHIN.toNanos();
        while (!(hasTopics() && storeAnswers())) {
            if (System.nanoTime() > end || !broker.isAlive() || !store.isAlive()) {
                throw new IllegalStateException(
                        "broker and store did not start, or not within %d s; their logs are in %s"
                                .formatted(STARTS_WITHIN.toSeconds(), folder));
            }
            Thread.sleep(200);
        }
    }

    private boolean hasTopics() throws InterruptedException {
        List<NewTopic> topics = Topics.all().stream()
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1))
                .toList();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers, "request.timeout.ms", 2_000, "default.api.timeout.ms", 4_000);
        try (Admin admin = Admin.create(settings)) {
            if (admin.listTopics().names().get().isEmpty()) {
                admin.createTopics(topics).all().get();
            }
            return true;
        } catch (ExecutionException notYet) {
            return false;
        }
    }

    private boolean storeAnswers() {
        try {
            objects.list("nothing/");
            return true;
        } catch (StoreException notYet) {
            return false;
        }
    }

    private static String storeAddress(int port) {
        return "http://127.0.0.1:" + port;
    }

    private static List<String> with(List<String> command, Object... more) {
        List<String> all = new ArrayList<>(command);
        for (Object word : more) {
            all.add(word.toString());
        }
        return all;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (Victim worker : workers) {
            worker.close();
        }
        broker.close();
        store.close();
        objects.close();
    }
}
