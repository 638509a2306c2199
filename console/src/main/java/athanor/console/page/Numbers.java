package athanor.console.page;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers and times as people read them. */
public final class Numbers {

    private static final int MINUTE = 60;
    private static final int HOUR = 3600;
    private static final int DAY = 86_400;
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Map<String, String> words;
    private final Clock clock;

    Numbers(Map<String, String> words, Clock clock) {
        this.words = words;
        this.clock = clock;
    }

    public String duration(@Nullable Double seconds) {
        if (seconds == null) {
            return "–";
        }
        long whole = Math.round(seconds);
        if (seconds < 10) {
            return fixed(seconds, 1) + " " + word("unit_s");
        }
        if (whole < MINUTE) {
            return whole + " " + word("unit_s");
        }
        if (whole < HOUR) {
            return "%d %s %d %s".formatted(whole / MINUTE, word("unit_min"), whole % MINUTE, word("unit_s"));
        }
        return "%d %s %d %s".formatted(whole / HOUR, word("unit_h"), whole % HOUR / MINUTE, word("unit_min"));
    }

    public String ago(Instant at) {
        long seconds = Math.max(0, ChronoUnit.SECONDS.between(at, clock.instant()));
        if (seconds < MINUTE) {
            return word("just_now");
        }
        String amount = seconds < HOUR
                ? seconds / MINUTE + " " + word("unit_min")
                : seconds < DAY ? seconds / HOUR + " " + word("unit_h") : seconds / DAY + " " + word("unit_d");
        return word("ago").replace("{}", amount);
    }

    /** Seconds until then, not below nothing. */
    public long left(Instant until) {
        return Math.max(0, Duration.between(clock.instant(), until).toSeconds());
    }

    public String exact(Instant at) {
        return EXACT.format(at.atZone(ZoneId.systemDefault()));
    }

    public String percent(double share) {
        return fixed(100 * share, 0) + " %";
    }

    public String percent(Integer part, Integer whole) {
        return whole == 0 ? "0" : String.valueOf(Math.round(100.0 * part / whole));
    }

    public String fixed(double number, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", number);
    }

    public String two(double number) {
        return fixed(number, 2);
    }

    /** Losses and learning rates. */
    public String small(double number) {
        return number != 0 && Math.abs(number) < 0.001
                ? String.format(Locale.ROOT, "%.2e", number)
                : String.format(Locale.ROOT, "%.4f", number);
    }

    public String bytes(long bytes) {
        if (bytes >= 1L << 30) {
            return fixed(bytes / (double) (1L << 30), 1) + " GiB";
        }
        return bytes >= 1L << 20 ? fixed(bytes / (double) (1L << 20), 1) + " MiB" : bytes / 1024 + " KiB";
    }

    private String word(String name) {
        return words.getOrDefault(name, name);
    }
}
