package athanor.stack.suite;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.json.Json;
import athanor.stack.command.InThisProcess;
import athanor.stack.infra.Ports;
import athanor.stack.service.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A folder, ports that nobody else has, and what is typed there; its runs are small enough for every build. */
record StackUnderTest(Path folder, Ports ports) {

    static final Duration START = Duration.ofSeconds(240);
    static final Duration RUN = Duration.ofSeconds(240);
    static final Duration QUICK = Duration.ofSeconds(120);

    static final List<String> SMALL = List.of(
            "training.steps=6",
            "training.checkpointEverySteps=3",
            "prior.classPictures=2",
            "samples.picturesPerPrompt=1",
            "samples.steps=4");

    /** Wider than the numbers of the four services and the console lie apart. */
    private static final int APART = 40;

    private static final AtomicInteger NEXT_OFFSET = new AtomicInteger(someOffset());

    /** All ports below 32768: above, any outgoing connection of this machine may take one in the meantime. */
    private static int someOffset() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return 10_000 + probe.getLocalPort() % 12_000;
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static StackUnderTest in(Path folder) {
        return new StackUnderTest(folder, new Ports(NEXT_OFFSET.getAndAdd(APART)));
    }

    String[] with(String... arguments) {
        Stream<String> stack = Stream.of(
                "--data", folder.resolve("data").toString(), "--port-offset", Integer.toString(ports.offset()));
        boolean trains = arguments[0].equals("demo") || arguments[0].equals("train");
        Stream<String> small = trains ? SMALL.stream().flatMap(change -> Stream.of("--set", change)) : Stream.of();
        return Stream.of(Arrays.stream(arguments), stack, small)
                .flatMap(part -> part)
                .toArray(String[]::new);
    }

    /** A command that starts a stack or trains. */
    Launched launch(String... arguments) throws IOException {
        return Launched.athanor(folder, with(arguments));
    }

    /** A command that asks the stack that runs. */
    Launched client(String... arguments) throws IOException {
        return Launched.athanor(folder, asking(arguments));
    }

    private String[] asking(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", folder.resolve("data").toString()));
        return all.toArray(String[]::new);
    }

    /** Of a command that asks the stack that runs; the whole of its standard output. */
    <T> T answer(Class<T> type, String... arguments) {
        List<String> all = new ArrayList<>(List.of(asking(arguments)));
        all.add("--json");
        InThisProcess command = InThisProcess.athanor(all.toArray(String[]::new));
        assertThat(command.exitCode()).as(command.errors()).isZero();
        return Json.read(command.out(), type);
    }

    /** @return the one line that was said */
    String refused(String... arguments) throws IOException, InterruptedException {
        boolean complete = List.of(arguments).contains("--data");
        try (Launched launched = complete ? Launched.athanor(folder, arguments) : client(arguments)) {
            assertThat(launched.exitCode(QUICK)).as(launched.output()).isEqualTo(1);
            List<String> complaints = launched.output()
                    .lines()
                    .filter(line -> line.startsWith("athanor: "))
                    .toList();
            assertThat(complaints).as(launched.output()).hasSize(1);
            assertThat(launched.output()).doesNotContain("\tat ");
            return complaints.get(0);
        }
    }

    void assertPortsAreFree() {
        IntStream services = Arrays.stream(Service.values()).mapToInt(service -> ports.of(service.defaultPort()));
        IntStream.concat(IntStream.of(ports.kafka(), ports.kafkaController(), ports.store()), services)
                .forEach(port -> assertThat(listens(port))
                        .as("port %d still answers", port)
                        .isFalse());
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }
}
