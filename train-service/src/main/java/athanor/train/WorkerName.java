package athanor.train;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Names a worker by its place, not by its process: one that starts again on the same machine is the same worker, and what
 * failed there before failed on one worker and not on two. Two processes cannot listen on one port of a machine.
 */
final class WorkerName {

    private WorkerName() {}

    static String of(Optional<String> wanted, int port) {
        return wanted.orElseGet(() -> "%s-%d".formatted(host(), port));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "worker";
        }
    }
}
