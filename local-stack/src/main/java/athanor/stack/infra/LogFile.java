package athanor.stack.infra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.ErrorManager;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sends what broker and store have to say to {@code logs/infra.log}. */
public final class LogFile {

    /** Held here, because the logging system forgets loggers that nobody holds. */
    private static final Logger ROOT = Logger.getLogger("");

    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    private LogFile() {}

    public static void open(DataFolder data) throws IOException {
        Files.createDirectories(data.logs());
        Path log = data.logs().resolve("infra.log");
        RotatedLog.makeRoomFor(log);
        FileHandler file = new FileHandler(log.toString());
        file.setFormatter(new SimpleFormatter());
        file.setErrorManager(new Silence());
        ROOT.addHandler(file);
        ROOT.setLevel(Level.WARNING);
        // It warns of every default that is not ours.
        KAFKA.setLevel(Level.SEVERE);
    }

    /** A log that cannot be written, on a full disk for one, is no reason for a stack trace on the terminal. */
    private static final class Silence extends ErrorManager {

        @Override
        public synchronized void error(String message, Exception cause, int code) {}
    }
}
