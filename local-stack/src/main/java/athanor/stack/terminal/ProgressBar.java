package athanor.stack.terminal;

import java.time.Duration;
import java.util.Locale;

/** A bar of fixed width, and durations as people say them. */
public final class ProgressBar {

    private static final int WIDTH = 24;

    private ProgressBar() {}

    /** For example {@code [=========>              ]  40%}. */
    public static String of(double done, double total) {
        double share = total <= 0 ? 0 : Math.max(0, Math.min(1, done / total));
        int filled = (int) Math.round(share * WIDTH);
        String head = filled > 0 && filled < WIDTH ? ">" : "";
        String body = "=".repeat(filled - head.length()) + head;
        return String.format(Locale.ROOT, "[%-" + WIDTH + "s] %3.0f%%", body, share * 100);
    }

    /** For example {@code 8 s}, {@code 2 min 05 s}, {@code 3 h 12 min}. */
    public static String duration(double seconds) {
        Duration duration = Duration.ofSeconds(Math.max(0, Math.round(seconds)));
        if (duration.toHours() > 0) {
            return String.format(Locale.ROOT, "%d h %02d min", duration.toHours(), duration.toMinutesPart());
        }
        if (duration.toMinutes() > 0) {
            return String.format(Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart());
        }
        return duration.toSeconds() + " s";
    }
}
