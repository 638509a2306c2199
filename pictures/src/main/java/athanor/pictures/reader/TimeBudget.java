package athanor.pictures.reader;

import athanor.pictures.PictureFormat;
import athanor.pictures.decoder.Protocol.Heading;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a decoder may compute on one file, by the file's size. It is computing time and not time on the wall, so that a busy
 * machine refuses nobody.
 *
 * @param millis for any file
 * @param millisAMegabyte of the file
 * @param millisAMegapixel of the picture
 * @param millisAMegapixelOfWebp the same where the decoder is written in Java
 */
record TimeBudget(int millis, int millisAMegabyte, int millisAMegapixel, int millisAMegapixelOfWebp) {

    /** A decoder that computes nothing waits for something that does not come: so many times its computing time. */
    static final int PATIENCE = 10;

    /** What honest files take, and some more: after that a file does not hold up the others. */
    static TimeBudget usual() {
        return new TimeBudget(2000, 250, 250, 400);
    }

    /** Twice as much: after that there is no hope. */
    static TimeBudget most() {
        return new TimeBudget(4000, 500, 500, 800);
    }

    Duration of(int bytes, @Nullable Heading heading) {
        double all = millis + millisAMegabyte * (bytes / 1e6);
        if (heading != null) {
            int each = heading.format() == PictureFormat.WEBP ? millisAMegapixelOfWebp : millisAMegapixel;
            all += each * (heading.pixels() / 1e6);
        }
        return Duration.ofMillis(Math.round(all));
    }
}
