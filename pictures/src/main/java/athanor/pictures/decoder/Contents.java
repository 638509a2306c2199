package athanor.pictures.decoder;

import athanor.pictures.PictureFormat;
import athanor.pictures.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file after everything that no pixel depends on was taken out of it. Notes, previews, text and profiles are where files made
 * on purpose hide what fills memory or takes forever, so decoders never see them.
 *
 * @param file what is left for the decoder
 * @param orientation how the camera was held
 * @param profile ICC bytes as found, not yet believed
 * @param gamma what the file says of its colours beside or instead of a profile
 * @param sampleBytes of one pixel once it is decoded
 * @param keptWhole the decoder holds all of the picture at once, whatever part is asked for
 * @param unit rows that are coded together, of a JPEG
 * @param remarks what the sender should know though the picture is taken
 */
record Contents(
        PictureFormat format,
        byte[] file,
        Orientation orientation,
        byte @Nullable [] profile,
        @Nullable Colours gamma,
        int sampleBytes,
        boolean keptWhole,
        int unit,
        List<Verdict.Remark> remarks) {

    static final int NO_UNITS = 0;
}
