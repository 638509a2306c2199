package athanor.stack.infra;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * The ports of one stack, all on loopback. A second stack beside the first moves all of them by one offset.
 *
 * @param offset added to every default port
 */
public record Ports(int offset) {

    private static final int HIGHEST_DEFAULT = 9093;
    private static final int HIGHEST = 65_535;

    public Ports {
        if (offset < 0 || HIGHEST_DEFAULT + offset > HIGHEST) {
            throw new IllegalArgumentException(
                    "the port offset is %d; it must lie between 0 and %d".formatted(offset, HIGHEST - HIGHEST_DEFAULT));
        }
    }

    /** Moved out of the way of whatever runs on this machine just now. */
    public static Ports nobodyUses() {
        for (int offset = 20_000; offset < HIGHEST - HIGHEST_DEFAULT; offset += 100) {
            Ports ports = new Ports(offset);
            if (isFree(ports.kafka()) && isFree(ports.kafkaController()) && isFree(ports.store())) {
                return ports;
            }
        }
        throw new StackProblem("no port above 20000 is free");
    }

    public int kafka() {
        return 9092 + offset;
    }

    public int kafkaController() {
        return HIGHEST_DEFAULT + offset;
    }

    public int store() {
        return 9000 + offset;
    }

    public int of(int defaultPort) {
        return defaultPort + offset;
    }

    /** One sentence for each port that somebody else listens on. */
    public List<String> taken(SortedMap<String, Integer> wanted) {
        List<String> sentences = new ArrayList<>();
        wanted.forEach((owner, port) -> {
            if (!isFree(port)) {
                sentences.add(
                        "port %d (%s) is in use by another program; stop that program, or move all ports with --port-offset %d"
                                .formatted(port, owner, offset + 10_000));
            }
        });
        return sentences;
    }

    static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            // A port that our own last stack just left (TIME_WAIT) counts as free, as it does for the servers.
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
