package athanor.stack.endurance;

import athanor.embeddedstore.EmbeddedStore;
import athanor.stack.infra.EmbeddedKafka;
import athanor.stack.infra.StoreKeys;
import java.nio.file.Path;

/** A broker or a store as a process of its own, so that it can be killed and frozen. It ends with its standard input. */
public final class InfraProcess {

    private InfraProcess() {}

    /** @param arguments {@code broker FOLDER PORT CONTROLLER-PORT} or {@code store FOLDER PORT} */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        int port = Integer.parseInt(arguments[2]);
        if (arguments[0].equals("broker")) {
            EmbeddedKafka.start(
                    folder,
                    port,
                    Integer.parseInt(arguments[3]),
                    () -> Runtime.getRuntime().halt(1));
        } else {
            EmbeddedStore.start(folder, port, StoreKeys.LOCAL.accessKey(), StoreKeys.LOCAL.secretKey());
        }
        while (System.in.read() >= 0) {
            // nothing is said here; its end is what counts
        }
        Runtime.getRuntime().halt(0);
    }
}
