package athanor.teststack;

import java.io.IOException;
import java.nio.file.Path;

/** A broker or a store as a process of its own, which a test can kill and freeze. It ends with its standard input. */
public final class StackProcess {

    public static final String ACCESS_KEY = EmbeddedS3.ACCESS_KEY;
    public static final String SECRET_KEY = EmbeddedS3.SECRET_KEY;

    private StackProcess() {}

    /** @param arguments {@code broker FOLDER PORT CONTROLLER-PORT} or {@code store FOLDER PORT} */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        int port = Integer.parseInt(arguments[2]);
        if (arguments[0].equals("broker")) {
            new EmbeddedKafka(folder, port, Integer.parseInt(arguments[3]));
        } else {
            EmbeddedS3.start(folder, port);
        }
        while (System.in.read() >= 0) {
            // nothing is said here; its end is what counts
        }
        Runtime.getRuntime().halt(0);
    }
}
