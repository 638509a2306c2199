package athanor.teststack;

import athanor.embeddedstore.EmbeddedStore;
import java.nio.file.Path;

/** The store of the local stack on a free port, with keys that only a test knows. */
final class EmbeddedS3 {

    static final String ACCESS_KEY = "athanor";
    static final String SECRET_KEY = "athanor-secret";

    private EmbeddedS3() {}

    static S3Address.Running start() {
        Path folder = TemporaryFolder.create();
        S3Address.Running running = start(folder);
        return new S3Address.Running(running.address(), () -> {
            running.close();
            TemporaryFolder.delete(folder);
        });
    }

    static S3Address.Running start(Path folder) {
        return start(folder, 0);
    }

    static S3Address.Running start(Path folder, int port) {
        EmbeddedStore store = EmbeddedStore.start(folder, port, ACCESS_KEY, SECRET_KEY);
        return new S3Address.Running(new S3Address(store.endpoint(), ACCESS_KEY, SECRET_KEY), store::close);
    }
}
