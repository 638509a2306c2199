package athanor.stack;

import athanor.embeddedstore.EmbeddedStore;
import athanor.stack.infra.DataFolder;
import athanor.stack.infra.EmbeddedKafka;
import athanor.stack.infra.Ports;
import athanor.stack.infra.StackProblem;
import athanor.stack.infra.StoreKeys;
import athanor.stack.infra.TopicSetup;
import athanor.stack.service.Compute;
import athanor.stack.service.Fleet;
import athanor.stack.service.LastWords;
import athanor.stack.service.Readiness;
import athanor.stack.service.Readiness.Answer;
import athanor.stack.service.Restarts;
import athanor.stack.service.Service;
import athanor.stack.service.ServiceEnvironment;
import athanor.stack.service.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The whole suite on one machine: broker and store in this process, each service in one of its own. It stops in the reverse
 * order of its start, whichever way this process ends; should this process be killed, the children see their standard input
 * end and stop by themselves.
 */
public final class LocalStack implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(180);
    private static final Duration INFRA_PATIENCE = Duration.ofSeconds(10);
    private static final long LEAST_DISK_BYTES = 512L << 20;

    private final StackSettings settings;
    private final StackListener listener;
    private final Fleet fleet;
    private final Restarts restarts = new Restarts(Clock.systemUTC());
    private final List<AutoCloseable> infra = Collections.synchronizedList(new ArrayList<>());
    private DataFolder.@Nullable Held folder;
    private volatile boolean ready;
    private boolean closed;

    private LocalStack(StackSettings settings, StackListener listener) {
        this.settings = settings;
        this.listener = listener;
        this.fleet = new Fleet(settings.home(), settings.data().logs(), Compute.ofThisMachine(), settings.archives());
    }

    /** Starts everything and returns when every service is ready. */
    public static LocalStack start(StackSettings settings, StackListener listener) {
        LocalStack stack = new LocalStack(settings, listener);
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop-stack"));
        try {
            stack.startAll();
            return stack;
        } catch (StackProblem e) {
            stack.close();
            throw e;
        } catch (IOException e) {
            stack.close();
            throw new StackProblem(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            stack.close();
            Thread.currentThread().interrupt();
            throw new StackProblem("interrupted while the stack started", e);
        }
    }

    private void startAll() throws IOException, InterruptedException {
        takeFolder();
        List<String> taken = settings.ports().taken(wantedPorts());
        if (!taken.isEmpty()) {
            throw new StackProblem(taken.get(0));
        }
        startInfra();
        for (Service service : settings.services()) {
            fleet.start(service, environment(), this::startAgain);
        }
        awaitReady();
        settings.address().write(settings.data());
        ready = true;
        // Whoever died while the last of the others was looked at.
        fleet.running().stream().filter(process -> !process.isAlive()).forEach(this::startAgain);
    }

    private ServiceEnvironment environment() {
        return new ServiceEnvironment(
                settings.ports(),
                settings.address().kafka(),
                settings.address().store(),
                StoreKeys.LOCAL,
                StackSettings.BUCKET,
                settings.baseModels(),
                settings.extra());
    }

    /** A service loses nothing by its end, so it is started again, unless it ends again and again. */
    private void startAgain(ServiceProcess dead) {
        // Before that the wait for readiness notices it.
        if (!ready || !fleet.forget(dead)) {
            return;
        }
        String obituary = obituary(dead);
        int before = restarts.count(dead.service());
        if (before == Restarts.MOST) {
            listener.over("%s; it was started again %d times in %d minutes, which is not tried any longer"
                    .formatted(obituary, before, Restarts.WITHIN.toMinutes()));
            return;
        }
        try {
            restarts.add(dead.service());
            fleet.start(dead.service(), environment(), this::startAgain);
            listener.startedAgain("%s; it is started again".formatted(obituary));
        } catch (IOException e) {
            listener.over("%s; it cannot be started again: %s".formatted(obituary, e.getMessage()));
        }
    }

    private void takeFolder() throws IOException {
        DataFolder data = settings.data();
        folder = data.hold()
                .orElseThrow(() -> new StackProblem(
                        "another stack%s uses %s; stop it with %s, or give this one its own folder with --data"
                                .formatted(holderOf(data), data.path(), settings.downCommand())));
        Files.deleteIfExists(data.address());
        long free = Files.getFileStore(data.path()).getUsableSpace();
        if (free < LEAST_DISK_BYTES) {
            throw new StackProblem(
                    "only %d MB are free on the disk of %s and the stack wants %d; free some, or choose another disk with --data"
                            .formatted(free >> 20, data.path(), LEAST_DISK_BYTES >> 20));
        }
    }

    private static String holderOf(DataFolder data) {
        try {
            return data.holder()
                    .map(process -> " (process %d)".formatted(process.pid()))
                    .orElse("");
        } catch (IOException unreadable) {
            return "";
        }
    }

    private SortedMap<String, Integer> wantedPorts() {
        Ports ports = settings.ports();
        SortedMap<String, Integer> wanted = new TreeMap<>();
        wanted.put("Kafka", ports.kafka());
        wanted.put("Kafka's controller", ports.kafkaController());
        wanted.put("the object store", ports.store());
        settings.services().forEach(service -> wanted.put(service.module(), ports.of(service.defaultPort())));
        return wanted;
    }

    /** Broker and store start side by side; each takes one to three seconds. */
    private void startInfra() {
        Ports ports = settings.ports();
        CompletableFuture<Void> store = CompletableFuture.runAsync(() -> launch("the object store", () -> {
            // To this server a bucket is a folder.
            Files.createDirectories(settings.data().store().resolve(StackSettings.BUCKET));
            infra.add(EmbeddedStore.start(
                    settings.data().store(), ports.store(), StoreKeys.LOCAL.accessKey(), StoreKeys.LOCAL.secretKey()));
            listener.ready("object store");
            return null;
        }));
        CompletableFuture<Void> broker = CompletableFuture.runAsync(() -> launch("Kafka", () -> {
            EmbeddedKafka kafka = EmbeddedKafka.start(
                    settings.data().kafka(),
                    ports.kafka(),
                    ports.kafkaController(),
                    () -> listener.over(
                            "Kafka ended by itself, mostly because the disk of %s is full; its last words are in %s"
                                    .formatted(
                                            settings.data().kafka(),
                                            settings.data().logs().resolve("infra.log"))));
            infra.add(kafka);
            TopicSetup.apply(kafka.bootstrapServers());
            listener.ready("Kafka");
            return null;
        }));
        try {
            CompletableFuture.allOf(store, broker).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StackProblem problem ? problem : e;
        }
    }

    private static void launch(String what, Callable<@Nullable Void> start) {
        try {
            start.call();
        } catch (Exception e) {
            throw new StackProblem("%s did not start: %s".formatted(what, e.getMessage()), e);
        }
    }

    private void awaitReady() throws InterruptedException {
        Readiness readiness = new Readiness();
        Map<Service, String> lacks = new EnumMap<>(Service.class);
        Set<Service> waiting = EnumSet.noneOf(Service.class);
        waiting.addAll(settings.services());
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!waiting.isEmpty()) {
            for (ServiceProcess process : fleet.running()) {
                if (!process.isAlive()) {
                    throw new StackProblem(obituary(process));
                }
                Service service = process.service();
                if (!waiting.contains(service)) {
                    continue;
                }
                Answer answer = readiness.of(settings.ports().of(service.defaultPort()));
                if (answer instanceof Answer.NotYet lack) {
                    lacks.put(service, lack.finding());
                    if (lack.lasting()) {
                        throw new StackProblem(
                                "%s cannot become ready: %s".formatted(service.module(), lack.finding()));
                    }
                } else {
                    waiting.remove(service);
                    listener.ready(service.module());
                }
            }
            if (System.nanoTime() > deadline) {
                Service first = waiting.iterator().next();
                throw new StackProblem("%s is not ready after %d s: %s; its log is in %s"
                        .formatted(
                                first.module(),
                                READY_WITHIN.toSeconds(),
                                lacks.get(first),
                                settings.data().logs()));
            }
            Thread.sleep(250);
        }
    }

    private static String obituary(ServiceProcess process) {
        LastWords words = process.lastWords();
        return "%s ended by itself (exit code %d)%s: %s; the whole log is %s"
                .formatted(
                        process.service().module(),
                        process.exitCode(),
                        whileReading(words.inHand()),
                        words.complaint(),
                        process.log());
    }

    private static String whileReading(List<String> pictures) {
        return pictures.isEmpty() ? "" : " while it read " + String.join(", ", pictures);
    }

    public StackSettings settings() {
        return settings;
    }

    public List<ServiceProcess> services() {
        return fleet.running();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        fleet.close();
        closeInfra();
        closeQuietly(this::leaveFolder);
    }

    /** Side by side. A broker whose disk is gone may never come to an end, and we do. */
    private void closeInfra() {
        CompletableFuture<?>[] ends = List.copyOf(infra).stream()
                .map(part -> CompletableFuture.runAsync(() -> closeQuietly(part)))
                .toArray(CompletableFuture<?>[]::new);
        closeQuietly(() -> CompletableFuture.allOf(ends).get(INFRA_PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    private void leaveFolder() throws IOException {
        // Where we never came in, the address is that of the stack which has the folder.
        if (folder != null) {
            Files.deleteIfExists(settings.data().address());
            folder.close();
        }
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception alreadyStopping) {
            System.getLogger(LocalStack.class.getName())
                    .log(System.Logger.Level.WARNING, "while stopping", alreadyStopping);
        }
    }
}
