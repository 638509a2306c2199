package athanor.pictures.reader;

import athanor.pictures.PictureFormat;
import athanor.pictures.decoder.Protocol.Heading;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a decoder may compute on one file: several times what honest files of its size take on a slow core. It is computing
 * time and not time on the wall, so that a busy machine refuses nobody.
 *
 * @param millis for any file
 * @param millisAMegabyte of the file
 * @param millisAMegapixel of the picture
 * @param millisAMegapixelOfWebp the same where the decoder is written in Java
 */
record TimeBudget(int millis, int millisAMegabyte, int millisAMegapixel, int millisAMegapixelOfWebp) {

    /** A decoder that computes nothing waits for something that does not come: so many times its computing time. */
    static final int PATIENCE = 10;

    static TimeBudget standard() {
        return new TimeBudget(4000, 500, 500, 2000);
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
