package athanor.train;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.Optional;

/** Names a worker so that nobody else has or had that name: a process that starts again is another worker. */
final class WorkerName {

    private WorkerName() {}

    static String of(Optional<String> wanted) {
        String start =
                wanted.orElseGet(() -> host() + "-" + ProcessHandle.current().pid());
        return "%s-%06x".formatted(start, new SecureRandom().nextInt(1 << 24));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "worker";
        }
    }
}
