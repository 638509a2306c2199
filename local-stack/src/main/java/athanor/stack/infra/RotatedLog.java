package athanor.stack.infra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Keeps what was logged before: {@code x.log} becomes {@code x.1.log}, that one {@code x.2.log}, and the oldest goes. */
public final class RotatedLog {

    private static final int KEPT = 5;

    private RotatedLog() {}

    /** @return where the newest of what was there before lies now */
    public static Path makeRoomFor(Path log) throws IOException {
        if (Files.exists(log)) {
            for (int age = KEPT - 1; age >= 1; age--) {
                if (Files.exists(aged(log, age))) {
                    Files.move(aged(log, age), aged(log, age + 1), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Files.move(log, aged(log, 1));
        }
        return aged(log, 1);
    }

    private static Path aged(Path log, int age) {
        String name = String.valueOf(log.getFileName());
        return log.resolveSibling("%s.%d.log".formatted(name.substring(0, name.lastIndexOf('.')), age));
    }
}
